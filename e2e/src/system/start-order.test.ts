import { SERVICES, type ServerName } from '@ticketing/embedded';
import { expectStatus, Person, uniqueWord } from '../support/person';
import { pidsOf, restartsOf, useSystem, type UnderTest } from '../support/system';
import { waitFor } from '../support/wait-for';
import { orderUntil, payWhenKnown } from '../support/watch';

type Step = ServerName | 'services';

/** Every order in which the steps can be taken. */
const permutations = (steps: Step[]): Step[][] =>
  steps.length < 2
    ? [steps]
    : steps.flatMap((first) =>
        permutations(steps.filter((step) => step !== first)).map((rest) => [first, ...rest]),
      );

const ORDERS = permutations(['services', 'mongo', 'nats', 'redis']);

const target = useSystem({}, { hold: ['mongo', 'nats', 'redis'] });

/** The status that a service itself answers; undefined while it does not listen. */
const statusOf = async ({ system }: UnderTest, name: (typeof SERVICES)[number], path: string) => {
  try {
    return (await fetch(`http://127.0.0.1:${system.ports[name]}${path}`)).status;
  } catch {
    return undefined;
  }
};

const statuses = async (underTest: UnderTest, path: string) =>
  Object.fromEntries(
    await Promise.all(SERVICES.map(async (name) => [name, await statusOf(underTest, name, path)] as const)),
  );

const allOf = (status: number) => Object.fromEntries(SERVICES.map((name) => [name, status]));

const untilAlive = (underTest: UnderTest) =>
  waitFor(
    'all services to be alive',
    () => statuses(underTest, '/healthz'),
    (seen) => Object.values(seen).every((status) => status === 200),
    { timeoutMs: 30_000 },
  );

const stopEverything = async ({ system }: UnderTest): Promise<void> => {
  await Promise.all(SERVICES.map((name) => system.services[name].stop()));
  await Promise.all((['mongo', 'nats', 'redis'] as const).map((name) => system.servers[name].stop()));
};

const take = async (step: Step, underTest: UnderTest): Promise<void> => {
  if (step !== 'services') return underTest.system.servers[step].start(30_000);
  for (const name of SERVICES) underTest.system.services[name].start();
  await untilAlive(underTest);
};

describe('when services and servers are started in an order of their own', () => {
  it.each(ORDERS.map((order) => [order.join(', '), order] as const))(
    'then with %s all services become ready without a restart',
    async (_name, order) => {
      await stopEverything(target());
      const restarts = restartsOf(target());
      const servicesAt = order.indexOf('services');
      for (const step of order.slice(0, servicesAt + 1)) await take(step, target());
      const pids = pidsOf(target());

      // Alive and waiting: not one says that it is ready while anything that it needs is missing.
      const missing = order.slice(servicesAt + 1);
      if (missing.includes('nats')) expect(await statuses(target(), '/readyz')).toEqual(allOf(503));
      if (missing.includes('mongo')) {
        expect(await statuses(target(), '/readyz')).toMatchObject({
          ...allOf(503),
          expiration: expect.any(Number),
        });
      }
      if (missing.includes('redis')) expect(await statusOf(target(), 'expiration', '/readyz')).toBe(503);

      for (const step of missing) await take(step, target());
      await target().system.waitReady(60_000);
      expect(await statuses(target(), '/readyz')).toEqual(allOf(200));
      expect(pidsOf(target())).toEqual(pids);
      expect(restartsOf(target())).toEqual(restarts);
    },
  );

  it('then after all that a ticket can be bought', async () => {
    const seller = await Person.signedUp(target().url);
    const buyer = await Person.signedUp(target().url);
    const ticket = await expectStatus(seller.sell(`Encore ${uniqueWord()}`, 10), 201);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await expectStatus(payWhenKnown(buyer, order.id), 201);
    await orderUntil(buyer, order.id, 'to be complete', ({ status }) => status === 'complete');
  });
});
