import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { captureLog } from '../../__test__/support/log';
import { publish, subscribe, useBusClients } from '../../__test__/support/bus-clients';
import { eventually, settles } from '../../__test__/support/eventually';
import { JetStreamServer } from '../../__test__/support/nats-server';
import type { NatsConfig } from '../../config/nats-variables';

const log = captureLog();
const directory = mkdtempSync(path.join(tmpdir(), 'ticketing-access-'));
const inDirectory = (name: string) => path.join(directory, name);
const write = (name: string, text: string) => {
  writeFileSync(inDirectory(name), text);
  return inDirectory(name);
};
afterAll(() => rmSync(directory, { recursive: true }));

let server: JetStreamServer;
afterEach(() => server.dispose());
const { wrapper } = useBusClients(() => server);

const serve = async (...more: string[]) => {
  server = await JetStreamServer.start(({ store }) =>
    [`jetstream { store_dir: "${store}", sync_interval: always }`, ...more].join('\n'),
  );
};
const connecting = (more: Partial<NatsConfig>, url = server.url) => {
  const { nats, clientId } = wrapper();
  return { nats, ready: nats.connectTo(server.bus(clientId, url, more)) };
};
/** It connects and is of use. */
const isServed = async (more: Partial<NatsConfig>, url?: string) => {
  const { nats, ready } = connecting(more, url);
  await ready;
  const { received } = subscribe(nats, 'order:created');
  await publish(nats, 'order:created', 'x');
  await eventually(() => expect(received).toEqual(['x']));
};
const isRefused = async (more: Partial<NatsConfig>, reason: RegExp, url?: string) => {
  const { ready } = connecting(more, url);
  expect(await settles(ready, 500)).toBe(false);
  const refusal = { msg: 'waiting for JetStream', reason: expect.stringMatching(reason) };
  await eventually(() => expect(log).toContainEqual(expect.objectContaining(refusal)));
};
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('signing in', () => {
  it('when the server knows users, then a user and a password are needed, the right ones', async () => {
    await serve('authorization { user: "orders", password: "secret" }');
    await isServed({ NATS_USER: 'orders', NATS_PASSWORD: 'secret' });
    await isRefused({ NATS_USER: 'orders', NATS_PASSWORD: 'guessed' }, /Authorization Violation/);
    await isRefused({}, /Authorization Violation/);
  });

  it('when the server knows keys, then the seed of one is needed', async () => {
    const [known, unknown] = [nkeys.createUser(), nkeys.createUser()];
    await serve(`authorization { users: [{ nkey: "${known.getPublicKey()}" }] }`);
    await isServed({ NATS_NKEY_SEED: text(known.getSeed()) });
    await isRefused({ NATS_NKEY_SEED: text(unknown.getSeed()) }, /Authorization Violation/);
  });

  it('when the server trusts an operator, then the credentials of a user are needed', async () => {
    const [operator, account, user] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createUser()];
    const system = nkeys.createAccount();
    const base64 = (json: object | Uint8Array) =>
      Buffer.from(json instanceof Uint8Array ? json : JSON.stringify(json)).toString('base64url');
    /** What `nsc` makes: a claim about `subject`, signed by `issuer`. */
    const claim = (issuer: typeof user, subject: typeof user, type: string, nats: object) => {
      const about = {
        jti: type,
        iat: 1,
        iss: issuer.getPublicKey(),
        name: type,
        sub: subject.getPublicKey(),
      };
      const signed = `${base64({ typ: 'JWT', alg: 'ed25519-nkey' })}.${base64({ ...about, nats: { ...nats, type, version: 2 } })}`;
      return `${signed}.${base64(issuer.sign(new TextEncoder().encode(signed)))}`;
    };
    const unlimited = { subs: -1, data: -1, payload: -1 };
    const limits = { ...unlimited, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
    const jetstream = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };
    const accounts = [
      [system, claim(operator, system, 'account', { limits })],
      [account, claim(operator, account, 'account', { limits: { ...limits, ...jetstream } })],
    ] as const;
    await serve(
      `operator: "${claim(operator, operator, 'operator', {})}"`,
      `system_account: ${system.getPublicKey()}`,
      'resolver: MEMORY',
      `resolver_preload { ${accounts.map(([key, jwt]) => `${key.getPublicKey()}: "${jwt}"`).join('\n')} }`,
    );
    const credentials =
      `-----BEGIN NATS USER JWT-----\n${claim(account, user, 'user', unlimited)}\n------END NATS USER JWT------\n\n` +
      `-----BEGIN USER NKEY SEED-----\n${text(user.getSeed())}\n------END USER NKEY SEED------\n`;
    await isServed({ NATS_CREDS: write('user.creds', credentials) });
    await isRefused({}, /Authorization Violation/);
  });
});

describe('encryption', () => {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
  /** A certificate of `name`, signed by the authority, and its key. */
  const certify = (name: string) => {
    write(`${name}.ext`, 'subjectAltName = DNS:localhost, IP:127.0.0.1');
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
    );
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
    );
  };
  beforeAll(() => {
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-days',
      '2',
      '-subj',
      '/CN=authority',
    );
    for (const name of ['server', 'client']) certify(name);
  });
  const localhost = () => `tls://localhost:${server.port}`;
  const tls = (more = '') =>
    `tls { cert_file: "${inDirectory('server.pem')}", key_file: "${inDirectory('server.key')}" ${more} }`;

  it('when the server’s certificate is of the authority, then it is used; of an unknown one, not', async () => {
    await serve(tls());
    await isServed({ NATS_TLS_CA: inDirectory('ca.pem') }, localhost());
    await isRefused({}, /certificate/, localhost());
  });

  it('when the server asks for a certificate, then the client shows its own', async () => {
    await serve(tls(`, ca_file: "${inDirectory('ca.pem')}", verify: true`));
    const authority = { NATS_TLS_CA: inDirectory('ca.pem') };
    const own = { NATS_TLS_CERT: inDirectory('client.pem'), NATS_TLS_KEY: inDirectory('client.key') };
    await isServed({ ...authority, ...own }, localhost());
    await isRefused(authority, /./, localhost());
  });

  it('when the server does not encrypt, then nothing is sent to it', async () => {
    await serve();
    await isRefused({ NATS_TLS_CA: inDirectory('ca.pem') }, /tls/i);
  });
});
