import { setTimeout as sleep } from 'node:timers/promises';
import { logger, NatsWrapper } from '@ticketing/common';
import { jetStream } from '../../../../common/src/bus/jetstream/bus';
import { eventually } from '../../../../common/src/__test__/support/eventually';
import { flowsByService } from '../flows';
import { NatsMembers } from '../nats-members';
import { readText } from '../repository';

logger.level = 'silent';
jest.setTimeout(60_000);

const flows = Object.entries(flowsByService());

/** What one user of users.conf may publish. */
const allowedOf = (service: string): string[] => {
  const [, allowed = ''] =
    new RegExp(`user: ${service}\\n[^]*?publish: \\{ allow: \\[([^]*?)\\]`).exec(
      readText('infra/k8s-ha/bus/nats/users.conf'),
    ) ?? [];
  return [...allowed.matchAll(/"([^"]+)"/g)].map(([, subject = '']) => subject);
};

describe.each(flows)('when the permissions of %s on the bus are read', (service, { sends, receives }) => {
  const allowed = allowedOf(service);

  it('then it may publish the events that its code publishes and no others', () => {
    const events = allowed.filter((subject) => subject.startsWith('events.'));
    expect(events.sort()).toEqual(sends.map((subject) => `events.${subject}`).sort());
  });

  it('then it may use the consumers that its listeners read and no others', () => {
    const used = allowed.flatMap(
      (subject) => /^\$JS\.(?:API\.CONSUMER|ACK)\b.*?\.ticketing\.([\w-]+)/.exec(subject)?.[1] ?? [],
    );
    expect([...new Set(used)].sort()).toEqual(receives.map(({ consumer }) => consumer).sort());
    expect(
      allowed.filter(
        (subject) =>
          /\*|STREAM\.(?!INFO|CREATE)|[^K]\.>$|DELETE/.test(subject) && !subject.startsWith('$JS.ACK.'),
      ),
    ).toEqual([]);
  });
});

describe('when three members run with the configuration and the secrets of infra/k8s-ha', () => {
  let members: NatsMembers;
  const opened: NatsWrapper[] = [];

  const connect = async (user: string, password = members.passwordOf(user)) => {
    const nats = new NatsWrapper();
    opened.push(nats);
    await nats.connectTo(
      jetStream({
        NATS_URL: members.url,
        NATS_CLIENT_ID: `${user}-${opened.length}`,
        NATS_USER: user,
        NATS_PASSWORD: password,
        NATS_TLS_CA: members.certificateAuthority,
        NATS_STREAM_REPLICAS: 3,
        NATS_MONITORING_URL: members.monitoringUrls.join(','),
      }),
    );
    return nats;
  };
  const publish = ({ client }: NatsWrapper, subject: string, data = 'x') =>
    new Promise<void>((resolve, reject) =>
      client.publish(subject, data, (error) => (error ? reject(new Error(String(error))) : resolve())),
    );
  const receive = ({ client }: NatsWrapper, subject: string, queueGroup: string) => {
    const received: string[] = [];
    client.subscribe({ subject, queueGroup, ackWaitMs: 5_000, maxInFlight: 8 }, (message) => {
      received.push(String(message.getData()));
      message.ack();
    });
    return received;
  };

  beforeAll(async () => {
    members = await NatsMembers.start();
  });
  afterEach(() => Promise.all(opened.splice(0).map((nats) => nats.close())));
  afterAll(() => members.dispose());

  it('then every service publishes and receives whatever its code does', async () => {
    const services = new Map(
      await Promise.all(flows.map(async ([service]) => [service, await connect(service)] as const)),
    );
    const nats = (service: string) => services.get(service) ?? new NatsWrapper();
    const receivers = flows.flatMap(([service, { receives }]) =>
      receives.map(({ subject, queueGroup }) => ({
        subject,
        received: receive(nats(service), subject, queueGroup),
      })),
    );
    const sent = flows.flatMap(([service, { sends }]) => sends.map((subject) => ({ service, subject })));
    await Promise.all(sent.map(({ service, subject }) => publish(nats(service), subject, subject)));
    await eventually(
      () =>
        expect(receivers.map(({ received }) => received)).toEqual(receivers.map(({ subject }) => [subject])),
      30_000,
    );
  });

  it('then the stream is kept by all three, on disk', async () => {
    const [url = ''] = members.monitoringUrls;
    const answer = await fetch(`${url}/jsz?accounts=true&streams=true&config=true`);
    const { account_details: accounts } = (await answer.json()) as {
      account_details: { name: string; stream_detail: { config: object }[] }[];
    };
    const account = accounts.find(({ name }) => name === 'TICKETING');
    expect(account?.stream_detail.map(({ config }) => config)).toEqual([
      expect.objectContaining({ name: 'ticketing', num_replicas: 3, storage: 'file' }),
    ]);
  });

  it('then nobody publishes an event of another service', async () => {
    const orders = await connect('orders');
    await expect(publish(orders, 'payment:created')).rejects.toThrow(/permission/i);
  });

  it('then nobody reads as another service', async () => {
    const tickets = await connect('tickets');
    const payments = await connect('payments');
    const received = receive(tickets, 'order:created', 'payments-service');
    await publish(await connect('orders'), 'order:created', 'for payments');
    const own = receive(payments, 'order:created', 'payments-service');
    await eventually(() => expect(own).toContain('for payments'), 20_000);
    await sleep(1_000);
    expect(received).toEqual([]);
  });

  it('then a wrong password is not connected', async () => {
    const connecting = connect('orders', 'guessed');
    expect(await Promise.race([connecting.then(() => 'connected'), sleep(2_000, 'waiting')])).toBe('waiting');
  });
});
