import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer, type Server } from 'node:tls';
import type * as Connections from '../redis';

// A server with TLS before the Redis of this suite: the program that the suites use is built without.

const directory = mkdtempSync(path.join(tmpdir(), 'ticketing-redis-tls-'));
const certificate = path.join(directory, 'server.pem');
let server: Server;

beforeAll(async () => {
  const request =
    'req -x509 -newkey rsa:2048 -nodes -keyout server.key -out server.pem -days 2 -subj /CN=redis';
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', [...request.split(' '), ...names], { cwd: directory, stdio: 'ignore' });
  const target = new URL(process.env.REDIS_URL ?? '');
  server = createServer(
    { cert: readFileSync(certificate), key: readFileSync(path.join(directory, 'server.key')) },
    (socket) => {
      const redis = connect(Number(target.port), target.hostname);
      socket.pipe(redis).pipe(socket);
      for (const one of [socket, redis]) one.on('error', () => undefined);
    },
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

/** What a connection with this environment says to a PING, or why there is none. */
const ping = async (env: Record<string, string>): Promise<string> => {
  const { port } = server.address() as AddressInfo;
  jest.replaceProperty(process, 'env', { ...process.env, REDIS_URL: `rediss://localhost:${port}`, ...env });
  try {
    let answer = '';
    await jest.isolateModulesAsync(async () => {
      const { connectRedis, disconnectRedis } = jest.requireActual<typeof Connections>('../redis');
      const redis = connectRedis();
      const failed = once(redis, 'error').then(([error]) => String(error));
      answer = await Promise.race([redis.ping(), failed]);
      disconnectRedis();
    });
    return answer;
  } finally {
    jest.restoreAllMocks();
  }
};

it('when the certificate is of the authority that was named, then Redis is used', async () =>
  expect(await ping({ REDIS_TLS_CA: certificate })).toBe('PONG'));

it('when it is of an unknown one, then it is not', async () =>
  expect(await ping({})).toMatch(/self-signed certificate/));
