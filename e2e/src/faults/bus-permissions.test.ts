import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { NatsWrapper } from '@ticketing/common';
import type { ServiceName } from '@ticketing/embedded';
import { jetStream } from '../../../common/src/bus/jetstream/bus';
import { waitForConsistency } from '../support/consistency';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { useSystem } from '../support/system';
import { orderComplete, payWhenKnown } from '../support/until';
import { waitFor } from '../support/wait-for';

const own = useSystem({}, { bus: 'jetstream' });
const opened: NatsWrapper[] = [];
afterEach(() => Promise.all(opened.splice(0).map((nats) => nats.close())));

/** A connection of somebody who has got hold of what a service signs in with. */
const connectAs = async (service: ServiceName) => {
  const { NATS_URL = '', ...env } = own().system.busEnv(service);
  const nats = new NatsWrapper();
  opened.push(nats);
  await nats.connectTo(
    jetStream({
      ...env,
      NATS_URL,
      NATS_CLIENT_ID: `${service}-intruder`,
      EVENT_BUS: 'jetstream',
      NATS_STREAM_REPLICAS: 1,
    }),
  );
  return nats;
};

const publish = ({ client }: NatsWrapper, subject: string, data: object): Promise<string> =>
  new Promise((resolve) =>
    client.publish(subject, JSON.stringify(data), (error) => resolve(error ? String(error) : 'published')),
  );

const varz = async (resource: string): Promise<object> => {
  const { NATS_MONITORING_URL } = own().system.busEnv('auth');
  return (await (await fetch(`${NATS_MONITORING_URL}/${resource}`)).json()) as object;
};

describe('when each service signs in to the bus as a user of its own', () => {
  it('then tickets are listed, bought and paid for', async () => {
    const { url } = own();
    const seller = await Customer.signedUp(url);
    const buyer = await Customer.signedUp(url);
    const ticket = await expectStatus(seller.sell(`Matinee ${uniqueWord()}`, 10), 201);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await expectStatus(payWhenKnown(buyer, order.id), 201);
    await orderComplete(buyer, order.id);
    await waitForConsistency(own());
  });

  it('then the server refuses no permission to any of them', async () => {
    const { system } = own();
    expect(system.logs('nats')).not.toMatch(/violation/i);
    expect(await varz('varz')).toMatchObject({ jetstream: { config: { sync_always: true } } });
  });

  it('then tickets cannot say that an order was paid: the server refuses it', async () => {
    const { system, databases } = own();
    const before = await varz('jsz');
    const [order] = await databases.orders();
    const paid = { id: 'f'.repeat(24), orderId: String(order?._id), stripeId: 'ch_none' };
    const outcome = await publish(await connectAs('tickets'), 'payment:created', paid);
    expect(outcome).toMatch(/permission.*events\.payment:created/i);
    await waitFor(
      'the server to log it',
      () => system.logs('nats'),
      (log) => /user:tickets" - Publish Violation - Subject "events\.payment:created"/.test(log),
    );
    expect(await varz('jsz')).toMatchObject({ messages: (before as { messages: number }).messages });
  });

  it('then its own events are taken from the same user', async () => {
    // Without a version, a consumer keeps it as a dead letter.
    expect(await publish(await connectAs('payments'), 'payment:refunded', {})).toBe('published');
  });

  it('then the passwords are for the owner’s eyes only, and in no file but one', () => {
    const directory = path.dirname(own().system.logsDir);
    const secrets = path.join(directory, 'secrets.json');
    const password = own().system.busEnv('orders').NATS_PASSWORD ?? '';
    expect(password).toMatch(/^p[0-9a-f]{48}$/);
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
    expect(readFileSync(secrets, 'utf8')).toContain(password);
    expect(readFileSync(path.join(directory, 'nats.conf'), 'utf8')).not.toContain(password);
  });
});
