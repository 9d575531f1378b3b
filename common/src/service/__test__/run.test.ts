import { MongoMemoryServer } from 'mongodb-memory-server';
import { runChild, type Child } from '../../__test__/support/child';
import { eventually } from '../../__test__/support/eventually';
import { freePort } from '../../__test__/support/free-port';
import { CLUSTER, JetStreamServer, NatsServer } from '../../__test__/support/nats-server';
import { TcpProxy } from '../../__test__/support/tcp-proxy';

let nats: NatsServer;
let mongo: MongoMemoryServer;
const children: Child[] = [];
const proxies: TcpProxy[] = [];

beforeAll(async () => {
  [nats, mongo] = await Promise.all([NatsServer.start(), MongoMemoryServer.create()]);
}, 60_000);
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.end('SIGKILL')));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});
afterAll(async () => {
  await Promise.all([nats.dispose(), mongo.stop()]);
});

const run = (env: NodeJS.ProcessEnv) => {
  const child = runChild('service-process.ts', env);
  children.push(child);
  return child;
};
const start = async (env: NodeJS.ProcessEnv = {}) => {
  const port = await freePort();
  const child = run({
    PORT: String(port),
    JWT_KEY: 'key',
    MONGO_URI: mongo.getUri('example'),
    NATS_URL: nats.url,
    NATS_CLUSTER_ID: CLUSTER,
    NATS_CLIENT_ID: `example-${port}`,
    ...env,
  });
  await child.says('listening');
  const read = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  return { child, get, read };
};

describe('run', () => {
  it('when the environment is bad, then the process ends with 1 and one message that names every variable', async () => {
    const child = run({ PORT: 'http', NATS_URL: 'http://nats', MONGO_URI: '' });
    expect((await child.closed)[0]).toBe(1);
    const lines = child.errors().trim().split('\n');
    expect(lines[0]).toBe('example: Invalid configuration:');
    const named = lines.slice(1).map((line) => /^ {2}- (\w+): \S/.exec(line)?.[1]);
    expect(named.sort()).toEqual(
      ['PORT', 'NATS_URL', 'MONGO_URI', 'NATS_CLUSTER_ID', 'NATS_CLIENT_ID', 'JWT_KEY'].sort(),
    );
    expect(child.output()).toBe('');
  });

  it('when the port is taken, then the process ends with 1 and says why', async () => {
    const { port } = nats;
    const child = run({
      PORT: String(port),
      JWT_KEY: 'key',
      MONGO_URI: mongo.getUri(),
      NATS_URL: nats.url,
      NATS_CLUSTER_ID: CLUSTER,
      NATS_CLIENT_ID: 'example',
    });
    expect((await child.closed)[0]).toBe(1);
    expect(child.output()).toContain('EADDRINUSE');
  });

  it('when JetStream acknowledges before it synchronises, then the process ends with 1 and says what is missing', async () => {
    const lazy = await JetStreamServer.start(({ store }) => `jetstream { store_dir: "${store}" }`);
    const bus = { EVENT_BUS: 'jetstream', NATS_URL: lazy.url, NATS_MONITORING_URL: lazy.monitoringUrl };
    const { child } = await start({ ...bus, NATS_CLUSTER_ID: undefined });
    expect((await child.closed)[0]).toBe(1);
    expect(child.errors()).toContain(
      `NATS_MONITORING_URL: ${lazy.monitoringUrl}/varz has no jetstream.config`,
    );
    expect(child.errors()).toContain('jetstream { sync_interval: always }');
    await lazy.dispose();
  });

  it('when the bus is JetStream, then it becomes ready, and SIGTERM ends it with 0', async () => {
    const jetstream = await JetStreamServer.start();
    const bus = {
      EVENT_BUS: 'jetstream',
      NATS_URL: jetstream.url,
      NATS_MONITORING_URL: jetstream.monitoringUrl,
    };
    const { child, get } = await start({ ...bus, NATS_CLUSTER_ID: undefined });
    await child.says('"msg":"ready"');
    expect(await get('/readyz')).toBe(200);
    expect(await child.end('SIGTERM')).toBe(0);
    await jetstream.dispose();
  });

  it('when everything is there, then it becomes ready, survives an unhandled rejection, and SIGTERM ends it with 0', async () => {
    const { child, get } = await start();
    await child.says('"msg":"ready"');
    expect(await get('/readyz')).toBe(200);
    expect(await get('/forgets')).toBe(200);
    await child.says('"msg":"unhandled rejection"');
    expect(await get('/readyz')).toBe(200);
    const begun = Date.now();
    expect(await child.end('SIGTERM')).toBe(0);
    expect(Date.now() - begun).toBeLessThan(5_000);
    await child.says('"msg":"stopped"');
  });

  it('when an exception is not caught, then it is logged, the service stops in order, and the process ends with 1', async () => {
    const { child, get } = await start();
    await child.says('"msg":"ready"');
    await get('/throws').catch(() => undefined);
    expect((await child.closed)[0]).toBe(1);
    expect(child.output()).toContain('thrown outside of any request');
    expect(child.output()).toContain('"msg":"uncaught exception; stopping"');
    expect(child.output()).toContain('"msg":"stopped"');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'when nothing it needs is there, then it waits alive and not ready, and %s ends it soon',
    async (signal) => {
      const nowhere = await freePort();
      const { child, get } = await start({
        MONGO_URI: `mongodb://127.0.0.1:${nowhere}/example`,
        NATS_URL: `nats://127.0.0.1:${nowhere}`,
      });
      await child.says('waiting for NATS Streaming');
      expect(await get('/healthz')).toBe(200);
      expect(await get('/readyz')).toBe(503);
      const begun = Date.now();
      expect(await child.end(signal)).toBe(0);
      expect(Date.now() - begun).toBeLessThan(4_500);
    },
  );

  it('when the database goes, then it is alive and not ready until it is back', async () => {
    const proxy = await TcpProxy.to(mongo.instanceInfo!.port);
    proxies.push(proxy);
    const { child, get, read } = await start({ MONGO_URI: `mongodb://127.0.0.1:${proxy.port}/example` });
    await child.says('"msg":"ready"');
    proxy.cut();
    await eventually(async () => expect(await read('/readyz')).toContain('Not ready: mongodb'), 5_000);
    expect(await get('/healthz')).toBe(200);
    proxy.restore();
    await eventually(async () => expect(await read('/readyz')).toContain('"ready"'), 8_000);
  });
});
