import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Env, type ServiceName } from '@ticketing/embedded';
import { type Customer, expectStatus, PASSWORD, signUpMany, uniqueWord } from '../support/customer';
import { START_TIMEOUT_MS, startForTests, STOP_TIMEOUT_MS, type StartedSystem } from '../support/system';

const CUSTOMERS = 4;
const WITH_SESSIONS = ['auth', 'tickets', 'orders', 'payments'] as const;

const root = path.resolve(__dirname, '../../..');
const directory = mkdtempSync(path.join(tmpdir(), 'ticketing-keys-'));
const keysIn = path.join(directory, 'keys');
let started: StartedSystem;

/** What a service's next start finds in its environment, besides what it was given by the system. */
const configure = (service: ServiceName, env: Env): void => {
  const lines = Object.entries(env).map(([name, value]) =>
    value === undefined ? `delete process.env.${name};` : `process.env.${name} = ${JSON.stringify(value)};`,
  );
  const program = JSON.stringify(path.join(root, service, 'dist/index.js'));
  writeFileSync(path.join(directory, `${service}.js`), `${lines.join('\n')}\nrequire(${program});\n`);
};
const restart = async (service: ServiceName, env: Env): Promise<void> => {
  const handle = started.system.services[service];
  await handle.stop();
  configure(service, env);
  handle.start();
  await handle.waitReady(30_000);
};
const makeKey = (): void =>
  void execFileSync(process.execPath, ['scripts/jwt-keys.mjs', keysIn], { cwd: root });
const textOf = (file: string): string => readFileSync(path.join(keysIn, file), 'utf8').trim();

beforeAll(async () => {
  for (const service of WITH_SESSIONS) configure(service, {});
  configure('expiration', {});
  const entry = (name: ServiceName) => path.join(directory, `${name}.js`);
  started = await startForTests({ entry });
}, START_TIMEOUT_MS);
afterAll(async () => {
  await started?.stop();
  rmSync(directory, { recursive: true, force: true });
}, STOP_TIMEOUT_MS);

/** Asks who is signed in and for what needs a session, until told to stop. @returns the answers that signed them out */
const browse = async (customer: Customer, isOver: () => boolean): Promise<string[]> => {
  const signedOut: string[] = [];
  while (!isOver()) {
    const [user, orders] = await Promise.all([customer.currentUser(), customer.orders()]);
    // A service that is being replaced answers with 502 or 503, which signs nobody out.
    if (user.status === 200 && user.data.currentUser === null) signedOut.push('currentuser: null');
    if (orders.status === 401) signedOut.push('orders: 401');
    await sleep(50);
  }
  return signedOut;
};

describe('when the keys of sessions are replaced under traffic', () => {
  it('then a move from the secret to a key pair, and a rotation of that, sign nobody out', async () => {
    const { url } = started.system;
    const secret = { JWT_KEY: 'the secret of before, thirty-two bytes', JWT_PUBLIC_KEYS: undefined };
    for (const service of WITH_SESSIONS) await restart(service, { ...secret, JWT_PRIVATE_KEY: undefined });
    const customers = await signUpMany(url, CUSTOMERS);
    let isOver = false;
    const browsing = Promise.all(customers.map((customer) => browse(customer, () => isOver)));

    const rollOut = async (env: Env, signing: Env): Promise<void> => {
      for (const service of WITH_SESSIONS)
        await restart(service, { ...env, ...(service === 'auth' ? signing : {}) });
    };
    const { JWT_KEY } = secret;
    makeKey();
    expect(statSync(path.join(keysIn, 'private.json')).mode & 0o777).toBe(0o600);
    const [firstPrivate, firstPublic] = [textOf('private.json'), textOf('public.json')];
    // All services know the public key before auth signs with it.
    await rollOut({ JWT_KEY, JWT_PUBLIC_KEYS: firstPublic }, { JWT_PRIVATE_KEY: undefined });
    await restart('auth', { JWT_KEY, JWT_PUBLIC_KEYS: firstPublic, JWT_PRIVATE_KEY: firstPrivate });
    const [byFirstKey] = await signUpMany(url, 1);

    makeKey();
    const both = textOf('public.json');
    await rollOut({ JWT_KEY, JWT_PUBLIC_KEYS: both }, { JWT_PRIVATE_KEY: firstPrivate });
    await restart('auth', { JWT_KEY, JWT_PUBLIC_KEYS: both, JWT_PRIVATE_KEY: textOf('private.json') });
    const [bySecondKey] = await signUpMany(url, 1);

    isOver = true;
    expect((await browsing).flat()).toEqual([]);
    for (const customer of [...customers, byFirstKey!, bySecondKey!]) {
      await expectStatus(customer.orders(), 200);
      await expectStatus(customer.sell(`Tour ${uniqueWord()}`, 15), 201);
    }
  }, 240_000);

  it('then without the old ones, sessions that they have signed are over, and signing in again helps', async () => {
    const { url } = started.system;
    const [customer] = await signUpMany(url, 1);
    makeKey();
    const { keys } = JSON.parse(textOf('public.json')) as { keys: object[] };
    const newest = JSON.stringify({ keys: keys.slice(0, 1) });
    const env = { JWT_KEY: undefined, JWT_PUBLIC_KEYS: newest };
    await restart('auth', { ...env, JWT_PRIVATE_KEY: textOf('private.json') });
    await restart('orders', env);
    await expectStatus(customer!.orders(), 401);
    await expectStatus(customer!.signIn({ email: customer!.user!.email, password: PASSWORD }), 200);
    await expectStatus(customer!.orders(), 200);
  }, 120_000);
});
