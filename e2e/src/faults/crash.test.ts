import type { Order } from '@ticketing/common/api';
import { SERVICES, type ServiceName } from '@ticketing/embedded';
import { isAxiosError } from 'axios';
import { countBy, identity, mapAsync, range, retry } from 'es-toolkit';
import { waitForConsistency, waitForFinalOrders } from '../support/consistency';
import { Customer, expectStatus, signUpMany, uniqueWord, type Answer } from '../support/customer';
import { eventBus, restartsOf, useSystem } from '../support/system';
import { waitFor } from '../support/wait-for';

const PURCHASES = 300;
const CONCURRENCY = 12;
const VICTIMS: (ServiceName | 'nats')[] = ['auth', 'tickets', 'orders', 'nats', 'payments', 'expiration'];
const PATIENCE_MS = 25_000;

const own = useSystem({ orders: { EXPIRATION_WINDOW_SECONDS: '20' } });

const TOKENS: Record<number, string> = {
  3: 'tok_error_once',
  4: 'tok_slow_400',
  7: 'tok_timeout_2',
  9: 'tok_chargeDeclined',
};
const tokenOf = (index: number): string => TOKENS[index % 10] ?? 'tok_visa';

/** A server error: the request is sent again. */
class Unanswered extends Error {}

/** Repeats a request, as a patient customer does, until it has a response that is no server error. */
const patiently = <Body>(
  what: string,
  send: () => Promise<Answer<Body>>,
  isAnswered: (status: number) => boolean = (status) => status < 500,
): Promise<Answer<Body>> =>
  retry(
    async () => {
      const answer = await send();
      if (isAnswered(answer.status)) return answer;
      throw new Unanswered(`${what}: ${answer.status} ${JSON.stringify(answer.data)}`);
    },
    {
      delay: 50,
      signal: AbortSignal.timeout(PATIENCE_MS),
      // A connection that breaks is expected here; an undocumented response is not.
      shouldRetry: (error) => error instanceof Unanswered || isAxiosError(error),
    },
  );

/** The order for a ticket: the one just placed, or the one whose response was lost. */
const orderFor = async (buyer: Customer, ticketId: string): Promise<Order> => {
  const answer = await patiently('buy', () => buyer.buy(ticketId));
  if (answer.status === 201) return answer.data;
  const { data } = await patiently('list orders', () => buyer.orders());
  const order = data.find(({ ticket }) => ticket.id === ticketId);
  if (order) return order;
  throw new Error(`Buying ticket ${ticketId}: ${answer.status} ${JSON.stringify(answer.data)}`);
};

/** Buys a ticket, and pays or cancels or both, depending on the index. Returns what was done and answered. */
const purchase = async (buyer: Customer, ticketId: string, index: number): Promise<string> => {
  const { data } = await patiently('current user', () => buyer.currentUser());
  expect(data.currentUser?.id).toBe(buyer.id);
  const { id } = await orderFor(buyer, ticketId);
  const pay = () =>
    patiently(
      'pay',
      () => buyer.pay(id, tokenOf(index)),
      (status) => status < 500 && status !== 404,
    );
  const cancel = () => patiently('cancel', () => buyer.cancel(id));
  if (index % 15 === 0) return `cancel ${(await cancel()).status}`;
  if (index % 15 === 5) {
    const [paid, cancelled] = await Promise.all([pay(), cancel()]);
    return `pay ${paid.status} and cancel ${cancelled.status}`;
  }
  return `pay ${(await pay()).status}`;
};

describe(`when each service and ${eventBus()} are killed in the middle of ${PURCHASES} purchases`, () => {
  let finished = 0;

  const killOne = async (victim: ServiceName | 'nats'): Promise<void> => {
    const { services, servers } = own().system;
    (victim === 'nats' ? servers.nats : services[victim]).kill('SIGKILL');
    await (victim === 'nats' ? servers.nats.start(60_000) : services[victim].waitReady(60_000));
  };

  /** Kills the victims one after the other, at even distances in the purchases. */
  const killAll = async (isOver: () => boolean): Promise<void> => {
    for (const [turn, victim] of VICTIMS.entries()) {
      const due = ((turn + 0.5) * PURCHASES) / VICTIMS.length;
      await waitFor(
        `${due} purchases`,
        () => finished,
        (count) => count >= due || isOver(),
        { timeoutMs: 120_000, everyMs: 5 },
      );
      // In the middle of the purchases, not after them.
      expect(isOver()).toBe(false);
      await killOne(victim);
    }
  };

  it('then the purchases go on, and the runner restarts each service', async () => {
    const { url, system } = own();
    const seller = await Customer.signedUp(url);
    const buyers = await signUpMany(url, CONCURRENCY);
    const sell = (index: number) =>
      expectStatus(seller.sell(`Derby ${index} ${uniqueWord()}`, 10 + index / 100), 201);
    const tickets = await mapAsync(range(PURCHASES), sell, { concurrency: CONCURRENCY });

    let over = false;
    const buyOne = async ({ id }: { id: string }, index: number): Promise<string> => {
      const outcome = await purchase(buyers[index % CONCURRENCY]!, id, index);
      finished += 1;
      return outcome;
    };
    const buyAll = mapAsync(tickets, buyOne, { concurrency: CONCURRENCY }).finally(() => {
      over = true;
    });
    const [outcomes] = await Promise.all([buyAll, killAll(() => over)]);

    expect(outcomes).toHaveLength(PURCHASES);
    // Most customers have bought something, whatever happened to the services.
    expect(countBy(outcomes, identity)['pay 201']).toBeGreaterThan(PURCHASES / 2);
    expect(restartsOf(system)).toEqual(Object.fromEntries(SERVICES.map((name) => [name, 1])));
    expect(system.servers.nats.restarts).toBe(1);
  }, 240_000);

  it('then every order ends complete or cancelled', async () => {
    const { databases } = own();
    await waitForFinalOrders(databases);
    expect((await databases.orders()).length).toBeGreaterThanOrEqual(PURCHASES);
  });

  it('then charges, refunds, locks, projections and outboxes are consistent with the orders', async () => {
    await waitForConsistency(own());
  });
});
