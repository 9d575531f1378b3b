import { captureLog } from '../../__test__/support/log';
import { useBusClients } from '../../__test__/support/bus-clients';
import { eventually, settles } from '../../__test__/support/eventually';
import { JetStreamServer } from '../../__test__/support/nats-server';
import { ConfigError } from '../../config/load-config';

const log = captureLog();
const lazily = (server: JetStreamServer) => `jetstream { store_dir: "${server.store}" }`;
const withoutJetStream = () => '';

let safe: JetStreamServer;
let lazy: JetStreamServer;
beforeAll(async () => {
  [safe, lazy] = await Promise.all([JetStreamServer.start(), JetStreamServer.start(lazily)]);
});
afterAll(() => Promise.all([safe.dispose(), lazy.dispose()]));
const { wrapper } = useBusClients(() => safe);

/** Connects with these monitoring addresses, or so many replicas. */
const connecting = (
  server: JetStreamServer,
  more: { NATS_MONITORING_URL?: string; NATS_STREAM_REPLICAS?: number },
) => {
  const { nats, clientId } = wrapper();
  return { nats, ready: nats.connectTo(server.bus(clientId, server.url, more)) };
};
const waiting = 'waiting for JetStream';

let twin: JetStreamServer;
let bare: JetStreamServer;
beforeAll(async () => {
  [twin, bare] = await Promise.all([JetStreamServer.start(), JetStreamServer.start(withoutJetStream)]);
});
afterAll(() => Promise.all([twin.dispose(), bare.dispose()]));

describe('whether an acknowledged event is on the disk', () => {
  it('when the server shows that it synchronises, then it is used', async () => {
    const { nats, ready } = connecting(safe, {});
    await ready;
    expect(nats.isConnected).toBe(true);
  });

  it.each([1, 3])(
    'when it shows that it does not, with %s replicas, then the service does not start',
    async (replicas) => {
      const { nats, ready } = connecting(lazy, { NATS_STREAM_REPLICAS: replicas });
      await expect(ready).rejects.toThrow(ConfigError);
      await expect(ready).rejects.toThrow(
        `NATS_MONITORING_URL: ${lazy.monitoringUrl}/varz has no jetstream.config.sync_always`,
      );
      await expect(ready).rejects.toThrow('jetstream { sync_interval: always }');
      expect(nats.isConnected).toBe(false);
    },
  );

  it('when it does not any more after a restart, then the service uses it no more and says so', async () => {
    let more = '';
    const changing = await JetStreamServer.start(
      (server) => `jetstream { store_dir: "${server.store}" ${more || ', sync_interval: always'} }`,
    );
    const { nats, ready } = connecting(changing, {});
    await ready;
    await changing.kill();
    more = ' ';
    await changing.start();
    const msg = 'JetStream cannot be used as it is; waiting';
    await eventually(() => expect(log).toContainEqual(expect.objectContaining({ level: 'error', msg })));
    expect(nats.isConnected).toBe(false);
    await nats.close();
    await changing.dispose();
  });

  it.each<[string, () => string, RegExp]>([
    ['does not answer', () => 'http://127.0.0.1:1', /127\.0\.0\.1:1\/varz: .+ sync_interval: always/],
    ['is of another server', () => twin.monitoringUrl, /is another server/],
    ['is of a server without JetStream', () => bare.monitoringUrl, /has no JetStream/],
  ])(
    'when the monitoring address %s, then the service waits and says what it looked for',
    async (_what, url, reason) => {
      const { nats, ready } = connecting(safe, { NATS_MONITORING_URL: url() });
      expect(await settles(ready, 500)).toBe(false);
      expect(nats.isConnected).toBe(false);
      expect(log).toContainEqual(
        expect.objectContaining({ level: 'warn', msg: waiting, reason: expect.stringMatching(reason) }),
      );
    },
  );
});
