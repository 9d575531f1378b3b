import { execFile } from 'node:child_process';
import path from 'node:path';
import { captureLog } from '../../__test__/support/log';
import { publish, subscribe, useBusClients } from '../../__test__/support/bus-clients';
import { eventually } from '../../__test__/support/eventually';
import { JetStreamServer, NatsServer } from '../../__test__/support/nats-server';

// `npm run bus:drained` against a real NATS Streaming server.

captureLog();

let server: NatsServer;
beforeEach(async () => {
  server = await NatsServer.start();
});
const { connected } = useBusClients(() => server);
afterEach(() => server.dispose());

const script = path.resolve(__dirname, '../../../../scripts/bus-drained.mjs');
const run = (...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
const drained = (...args: string[]) =>
  run('--monitoring', server.monitoringUrl, '--cluster', 'ticketing', '--quiet', '0.3', ...args);

describe('npm run bus:drained', () => {
  it('when nothing was ever published, or all is acknowledged, then it says yes', async () => {
    expect(await drained()).toMatchObject({ code: 0 });
    const nats = await connected();
    const { received } = subscribe(nats, 'a');
    await Promise.all(Array.from({ length: 20 }, (_one, n) => publish(nats, 'a', String(n))));
    await eventually(() => expect(received).toHaveLength(20));
    await eventually(async () => expect(await drained()).toMatchObject({ code: 0 }));
  });

  it('when messages are unacknowledged, then it lists them by channel and group', async () => {
    const nats = await connected();
    const { received } = subscribe(nats, 'a', () => undefined, { ackWaitMs: 30_000 });
    subscribe(nats, 'b');
    for (const channel of ['a', 'a', 'b', 'unheard']) await publish(nats, channel, 'x');
    // A busy machine may deliver one of them again.
    await eventually(() => expect(received.length).toBeGreaterThanOrEqual(2));
    await eventually(async () => {
      const { code, output } = await drained();
      expect(code).toBe(1);
      expect(output.split('\n')).toEqual([
        'a: tests-service has 0 messages to come and 2 unacknowledged',
        'No group listens to unheard.',
        'NATS Streaming is not empty yet.',
        '',
      ]);
    });
  });

  it('when a group is away, and even when the server was restarted, then its messages are still told', async () => {
    const nats = await connected();
    const { received } = subscribe(nats, 'a');
    await publish(nats, 'a', 'x');
    await eventually(() => expect(received).toHaveLength(1));
    await nats.close();
    const publisher = await connected();
    for (const data of ['y', 'z']) await publish(publisher, 'a', data);
    await publisher.close();
    const told =
      'a: tests-service has 2 messages to come and 0 unacknowledged; none of its members is connected';
    await eventually(async () => expect((await drained()).output).toContain(told));
    await server.kill();
    await server.start();
    expect((await drained()).output).toContain(told);
  });

  it('when messages arrive while it looks, then it says no, even if they are acknowledged at once', async () => {
    const nats = await connected();
    subscribe(nats, 'a');
    await publish(nats, 'a', 'x');
    await eventually(async () => expect(await drained()).toMatchObject({ code: 0 }));
    const timer = setInterval(() => void publish(nats, 'a', 'y').catch(() => undefined), 300);
    try {
      // It says something else when a message is on its way as it looks.
      await eventually(async () => {
        const { code, output } = await drained('--quiet', '2');
        expect(code).toBe(1);
        expect(output).toMatch(/a: \d+ new messages; somebody still publishes/);
      }, 30_000);
    } finally {
      clearInterval(timer);
    }
  });

  it('when it cannot look, then it says why, and neither yes nor no', async () => {
    expect(await run()).toEqual({ code: 2, output: expect.stringContaining('Usage') });
    expect(await drained('--cluster', 'other')).toEqual({
      code: 2,
      output: "the server's cluster is ticketing, not other\n",
    });
    expect(await run('--monitoring', 'http://127.0.0.1:1')).toMatchObject({ code: 2 });
    const jetstream = await JetStreamServer.start();
    const { code, output } = await run('--monitoring', jetstream.monitoringUrl);
    await jetstream.dispose();
    expect({ code, output }).toEqual({ code: 2, output: expect.stringContaining('the answer is 404') });
  });
});
