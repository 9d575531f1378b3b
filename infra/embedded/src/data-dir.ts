import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID, type JsonWebKey } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock, holderOf, LockedError, markHeld, type Reporter } from '@ticketing/servers';

/** What a killed run has left takes its guardian a few seconds to end. */
const GUARDIAN_WAIT_MS = 15_000;

/** All that belongs to a system's data; whatever else is in the directory is not ours to remove. */
const OWNED = [
  'mongo',
  'nats',
  'jetstream',
  'nats.conf',
  'redis',
  'redis.acl',
  'logs',
  'secrets.json',
  'stripe-ledger.json',
  'system.json',
];

export class AlreadyRunningError extends Error {
  override name = 'AlreadyRunningError';
}

/** The addresses of a running system, for programs that want to reach it. */
export interface SystemFile {
  pid: number;
  url: string;
  sandboxUrl: string | undefined;
  ports: Record<string, number>;
  /** The services' databases, by the services' names. */
  mongoUris: Record<string, string>;
  /** Of expiration's user. */
  redisUrl: string;
}

/** As the services' variables have them. */
export interface SessionKeys {
  /** A private JSON Web Key, for auth alone. */
  JWT_PRIVATE_KEY: string;
  /** The set with its public key, for all services. */
  JWT_PUBLIC_KEYS: string;
  /** Which signed the sessions of an installation that had no key pair yet; they are valid until they expire. */
  JWT_KEY?: string;
}

/** One system's data: databases, logs, secrets, and the addresses while it runs. */
export interface DataDir {
  path(...parts: string[]): string;
  /** The keys of this installation's sessions: made once, readable by its owner only. */
  sessionKeys(): SessionKeys;
  /** The password of a user of the event bus, kept in the same way. */
  natsPassword(user: string): string;
  /** The password of a user of Redis, kept in the same way. */
  redisPassword(user: string): string;
  /** Records the process that ends this run's processes should this one be killed. */
  guardedBy(pid: number): void;
  publish(system: SystemFile): void;
  /** Releases the directory. */
  close(): void;
}

const readJson = <T>(file: string): T | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const writeJson = (file: string, value: object, mode: number): void => {
  const scratch = `${file}.${process.pid}.tmp`;
  writeFileSync(scratch, `${JSON.stringify(value, undefined, 2)}\n`, { mode });
  renameSync(scratch, file);
};

const newPrivateKey = (): string => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256' });
};

const publicKeysOf = (privateKey: string): string => {
  const key = JSON.parse(privateKey) as JsonWebKey & { kid: string };
  const published = createPublicKey({ key, format: 'jwk' }).export({ format: 'jwk' });
  return JSON.stringify({ keys: [{ ...published, kid: key.kid, alg: 'RS256' }] });
};

const waitForGuardian = async (lock: string, report: Reporter): Promise<void> => {
  if (holderOf(lock) === undefined) return;
  report.info('The last run was killed; waiting until its processes have ended');
  const deadline = Date.now() + GUARDIAN_WAIT_MS;
  while (holderOf(lock) !== undefined && Date.now() < deadline) await sleep(100);
};

/**
 * Takes a data directory for this process; waits for the end of what a killed run has left.
 * @throws AlreadyRunningError when another system uses it
 */
export const openDataDir = async (root: string, fresh: boolean, report: Reporter): Promise<DataDir> => {
  const inRoot = (...parts: string[]): string => path.join(root, ...parts);
  const remove = (name: string): void => rmSync(inRoot(name), { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const release = await acquireLock(inRoot('system.lock')).catch((error: unknown) => {
    if (!(error instanceof LockedError)) throw error;
    const running = readJson<SystemFile>(inRoot('system.json'));
    throw new AlreadyRunningError(
      `A system with the data in ${root} is running already${running ? ` at ${running.url}` : ''} ` +
        `(process ${error.pid}). Stop it first, or set TICKETING_DATA_DIR to another directory.`,
    );
  });
  await waitForGuardian(inRoot('guardian.lock'), report);
  remove('system.json');
  if (fresh) OWNED.forEach(remove);

  const secret = (name: string, make: () => string): string => {
    const file = inRoot('secrets.json');
    const known = readJson<Record<string, string>>(file);
    if (known?.[name]) return known[name];
    const made = make();
    writeJson(file, { ...known, [name]: made }, 0o600);
    return made;
  };

  return {
    path: inRoot,
    sessionKeys: () => {
      const privateKey = secret('JWT_PRIVATE_KEY', newPrivateKey);
      const { JWT_KEY } = readJson<Partial<SessionKeys>>(inRoot('secrets.json')) ?? {};
      return { JWT_PRIVATE_KEY: privateKey, JWT_PUBLIC_KEYS: publicKeysOf(privateKey), JWT_KEY };
    },
    // It begins with a letter: the servers' configuration would read some of the others as numbers.
    natsPassword: (user) =>
      secret(`NATS_PASSWORD_${user.toUpperCase()}`, () => `p${randomBytes(24).toString('hex')}`),
    redisPassword: (user) =>
      secret(`REDIS_PASSWORD_${user.toUpperCase()}`, () => randomBytes(24).toString('hex')),
    guardedBy: (pid) => markHeld(inRoot('guardian.lock'), pid),
    publish: (system) => writeJson(inRoot('system.json'), system, 0o600),
    close() {
      remove('system.json');
      remove('guardian.lock');
      release();
    },
  };
};

/** The system that runs on this data now, if one does. */
export const runningSystem = (root: string): SystemFile | undefined =>
  holderOf(path.join(root, 'system.lock')) === undefined
    ? undefined
    : readJson<SystemFile>(path.join(root, 'system.json'));
