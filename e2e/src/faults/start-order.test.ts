import { SERVERS, SERVICES, type ServiceName, type ServerName } from '@ticketing/embedded';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { pidsOf, restartsOf, useSystem } from '../support/system';
import { orderComplete, payWhenKnown } from '../support/until';
import { waitFor } from '../support/wait-for';

type Step = ServerName | 'services';

const permutations = (steps: Step[]): Step[][] =>
  steps.length < 2
    ? [steps]
    : steps.flatMap((first) =>
        permutations(steps.filter((step) => step !== first)).map((rest) => [first, ...rest]),
      );

const ORDERS = permutations(['services', 'mongo', 'nats', 'redis']);

const own = useSystem({}, { hold: ['mongo', 'nats', 'redis'] });

/** The status that a service itself answers; undefined while it does not listen. */
const statusOf = async (name: ServiceName, path: string): Promise<number | undefined> => {
  try {
    return (await fetch(`http://127.0.0.1:${own().system.ports[name]}${path}`)).status;
  } catch {
    return undefined;
  }
};

const statuses = async (path: string): Promise<Record<string, number | undefined>> =>
  Object.fromEntries(
    await Promise.all(SERVICES.map(async (name) => [name, await statusOf(name, path)] as const)),
  );

const allOf = (status: number) => Object.fromEntries(SERVICES.map((name) => [name, status]));

const stopEverything = async (): Promise<void> => {
  const { services, servers } = own().system;
  await Promise.all(SERVICES.map((name) => services[name].stop()));
  await Promise.all(SERVERS.map((name) => servers[name].stop()));
};

const take = async (step: Step): Promise<void> => {
  const { services, servers } = own().system;
  if (step !== 'services') return servers[step].start(30_000);
  for (const name of SERVICES) services[name].start();
  await waitFor(
    'all services to be alive',
    () => statuses('/healthz'),
    (seen) => Object.values(seen).every((status) => status === 200),
    { timeoutMs: 30_000 },
  );
};

/** Alive and waiting: no service is ready while a server that it needs is down. */
const expectNotReady = async (missing: Step[]): Promise<void> => {
  const ready = await statuses('/readyz');
  if (missing.includes('nats')) expect(ready).toEqual(allOf(503));
  if (missing.includes('mongo')) {
    expect(ready).toMatchObject({ ...allOf(503), expiration: expect.any(Number) as number });
  }
  if (missing.includes('redis')) expect(ready.expiration).toBe(503);
};

describe('when services and servers are started in any order', () => {
  it.each(ORDERS.map((order) => [order.join(', '), order] as const))(
    'then with %s all services become ready without a restart',
    async (_name, order) => {
      const { system } = own();
      await stopEverything();
      const restarts = restartsOf(system);
      const servicesAt = order.indexOf('services');
      for (const step of order.slice(0, servicesAt + 1)) await take(step);
      const pids = pidsOf(system);

      const missing = order.slice(servicesAt + 1);
      await expectNotReady(missing);
      for (const step of missing) await take(step);
      await system.waitReady(60_000);
      expect(await statuses('/readyz')).toEqual(allOf(200));
      expect(pidsOf(system)).toEqual(pids);
      expect(restartsOf(system)).toEqual(restarts);
    },
  );

  it('then after all that a ticket can be bought', async () => {
    const { url } = own();
    const seller = await Customer.signedUp(url);
    const buyer = await Customer.signedUp(url);
    const ticket = await expectStatus(seller.sell(`Encore ${uniqueWord()}`, 10), 201);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await expectStatus(payWhenKnown(buyer, order.id), 201);
    await orderComplete(buyer, order.id);
  });
});
