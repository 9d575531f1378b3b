import { captureLog } from '../../__test__/support/log';
import { publish, useBusClients } from '../../__test__/support/bus-clients';
import { eventually } from '../../__test__/support/eventually';
import { NatsServer } from '../../__test__/support/nats-server';

captureLog();

let server: NatsServer;
beforeAll(async () => {
  server = await NatsServer.start();
});
afterAll(() => server.dispose());
const { connected } = useBusClients(() => server);

describe('a session with NATS Streaming', () => {
  it('when the server has forgotten it, then a publish to it fails: it is not known to be stored', async () => {
    const nats = await connected();
    await server.kill();
    server.empty();
    await server.start();
    await eventually(() => expect(nats.isConnected).toBe(true));
    const pending = publish(nats, 'lost', 'to the session that the server has forgotten');
    // In the server's words or the client's, depending on which of them has noticed first.
    await expect(pending).rejects.toThrow(/closed|ended|unknown|invalid|no longer registered/i);
  });
});
