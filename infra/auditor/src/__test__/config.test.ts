import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { markHeld } from '@ticketing/servers';
import { readConfig } from '../config';

const NAMED = {
  AUTH_MONGO_URI: 'mongodb://127.0.0.1/auth',
  TICKETS_MONGO_URI: 'mongodb://127.0.0.1/tickets',
  ORDERS_MONGO_URI: 'mongodb://127.0.0.1/orders',
  PAYMENTS_MONGO_URI: 'mongodb://127.0.0.1/payments',
};

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'auditor-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('when the environment names the databases and the sandbox, then they are read', () => {
  const config = readConfig({ ...NAMED, STRIPE_SANDBOX_URL: 'http://127.0.0.1:4242' }, dataDir);
  expect(config.uris.orders).toBe('mongodb://127.0.0.1/orders');
  expect(config.stripe).toEqual({ sandboxUrl: 'http://127.0.0.1:4242' });
});

test('when several variables are wrong, then one message names them all', () => {
  const read = () =>
    readConfig(
      { ...NAMED, TICKETS_MONGO_URI: 'localhost', ORDERS_MONGO_URI: undefined, STRIPE_KEY: 'pk_test_1' },
      dataDir,
    );
  expect(read).toThrow(/TICKETS_MONGO_URI must begin with mongodb/);
  expect(read).toThrow(/ORDERS_MONGO_URI is missing/);
  expect(read).toThrow(/STRIPE_KEY must begin with sk_ or rk_/);
});

test('when nothing is named and nothing runs, then the message says how to provide it', () => {
  expect(() => readConfig({}, dataDir)).toThrow(/No system runs .* `npm start`.* AUTH_MONGO_URI/);
});

test('when a system runs, then its databases are read', () => {
  const mongoUris = Object.fromEntries(
    Object.entries(NAMED).map(([name, uri]) => [name.split('_')[0]?.toLowerCase(), uri]),
  );
  markHeld(path.join(dataDir, 'system.lock'), process.pid);
  writeFileSync(
    path.join(dataDir, 'system.json'),
    JSON.stringify({ pid: process.pid, url: 'http://localhost:3000', ports: {}, mongoUris }),
  );
  expect(readConfig({}, dataDir).uris).toMatchObject(mongoUris);
});
