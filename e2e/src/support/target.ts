import { Databases, OWNERS, type Owner } from '@ticketing/auditor';

/** The system that the suites in src/system share. */
export interface Target {
  url: string;
  /** Absent where the payments service charges the real Stripe. */
  sandboxUrl?: string;
  /** Absent where the databases cannot be reached. */
  mongoUris?: Record<Owner, string>;
}

/** Set by shared-system.ts for the processes of the test run: a target, or why there is none. */
const VARIABLE = 'E2E_TARGET';

export const setTarget = (target: Target | { error: string }): void => {
  process.env[VARIABLE] = JSON.stringify(target);
};

/** @throws Error when the system did not start */
export const target = (): Target => {
  const read = JSON.parse(process.env[VARIABLE] ?? '{}') as Partial<Target> & { error?: string };
  const { url, error = 'there is no target' } = read;
  if (!url) throw new Error(`The shared system is not available: ${error}`);
  return { ...read, url };
};

/** The system that the environment names, if it does. */
export const namedTarget = (env: NodeJS.ProcessEnv = process.env): Target | undefined => {
  const { BASE_URL: url, SANDBOX_URL: sandboxUrl } = env;
  if (!url) return undefined;
  const uris = OWNERS.map((owner) => [owner, env[`${owner.toUpperCase()}_MONGO_URI`]] as const);
  const mongoUris = Object.fromEntries(uris) as Record<Owner, string>;
  return { url, sandboxUrl, mongoUris: uris.every(([, uri]) => uri) ? mongoUris : undefined };
};

/** The shared system's databases, closed after the file's tests. */
export const useDatabases = (): (() => Databases) => {
  let databases: Databases | undefined;
  afterAll(() => databases?.close());
  return () => {
    const { mongoUris } = target();
    if (!mongoUris) throw new Error('With BASE_URL, name the databases in AUTH_MONGO_URI and so on');
    return (databases ??= Databases.at(mongoUris));
  };
};
