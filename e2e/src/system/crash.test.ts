import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@ticketing/embedded';
import { unfinishedOrders, waitForAgreement } from '../support/invariants';
import { crowd, expectStatus, Person, uniqueWord, type Answered } from '../support/person';
import { pool, range, tally } from '../support/pool';
import { restartsOf, useSystem } from '../support/system';
import type { Order } from '@ticketing/common/api';
import { waitFor } from '../support/wait-for';

const PURCHASES = 300;
const AT_A_TIME = 12;
const VICTIMS: ServiceName[] = ['auth', 'tickets', 'orders', 'payments', 'expiration'];

const target = useSystem({ orders: { EXPIRATION_WINDOW_SECONDS: '20' } });

const TOKENS: Record<number, string> = {
  3: 'tok_error_once',
  4: 'tok_slow_400',
  7: 'tok_timeout_2',
  9: 'tok_chargeDeclined',
};
const tokenOf = (index: number): string => TOKENS[index % 10] ?? 'tok_visa';

const TRY_FOR_MS = 25_000;

/** Sends a request as often as a stubborn person does, until something answers that is not out of order. */
const stubbornly = async <Body>(
  what: string,
  send: () => Promise<Answered<Body>>,
  isAnswer: (status: number) => boolean = (status) => status < 500,
): Promise<Answered<Body>> => {
  let last = 'nothing';
  for (const deadline = Date.now() + TRY_FOR_MS; Date.now() < deadline; await sleep(50)) {
    try {
      const answer = await send();
      if (isAnswer(answer.status)) return answer;
      last = `${answer.status} ${JSON.stringify(answer.data)}`;
    } catch (error) {
      // A connection that breaks is what is expected here; an answer against the contract is not.
      if ((error as { isAxiosError?: boolean }).isAxiosError !== true) throw error;
      last = String(error);
    }
  }
  throw new Error(`${what} was not answered within ${TRY_FOR_MS} ms; last: ${last}`);
};

/** The order for a ticket: the one just made, or the one whose answer was lost. */
const order = async (buyer: Person, ticketId: string): Promise<Order> => {
  const answer = await stubbornly('buying', () => buyer.buy(ticketId));
  if (answer.status === 201) return answer.data;
  const orders = await stubbornly('listing orders', () => buyer.orders());
  const own = orders.data.find(({ ticket }) => ticket.id === ticketId);
  if (own) return own;
  throw new Error(`Buying ticket ${ticketId} was answered ${answer.status}: ${JSON.stringify(answer.data)}`);
};

const purchase = async (buyer: Person, ticketId: string, index: number): Promise<string> => {
  const me = await stubbornly('asking who is signed in', () => buyer.currentUser());
  expect(me.data.currentUser?.id).toBe(buyer.id);
  const { id } = await order(buyer, ticketId);
  const pay = () =>
    stubbornly(
      'paying',
      () => buyer.pay(id, tokenOf(index)),
      (status) => status < 500 && status !== 404,
    );
  const cancel = () => stubbornly('cancelling', () => buyer.cancel(id));
  if (index % 15 === 0) return `cancel ${(await cancel()).status}`;
  if (index % 15 === 5) {
    const [paid, cancelled] = await Promise.all([pay(), cancel()]);
    return `pay ${paid.status} and cancel ${cancelled.status}`;
  }
  return `pay ${(await pay()).status}`;
};

describe(`when each service is killed in the middle of ${PURCHASES} purchases`, () => {
  let finished = 0;

  it('then the purchases go on, and the runner brings each service back', async () => {
    const seller = await Person.signedUp(target().url);
    const buyers = await crowd(target().url, AT_A_TIME);
    const tickets = await pool(range(PURCHASES), AT_A_TIME, (index) =>
      expectStatus(seller.sell(`Derby ${index} ${uniqueWord()}`, 10 + index / 100), 201),
    );

    let over = false;
    const killAll = async (): Promise<void> => {
      for (const [turn, victim] of VICTIMS.entries()) {
        const due = ((turn + 0.5) * PURCHASES) / VICTIMS.length;
        await waitFor(
          `${due} purchases`,
          () => finished,
          (count) => count >= due || over,
          { timeoutMs: 120_000, everyMs: 5 },
        );
        // In the middle of the purchases, not after them.
        expect(over).toBe(false);
        target().system.services[victim].kill('SIGKILL');
        await target().system.services[victim].waitReady(60_000);
      }
    };
    const purchaseAll = pool(tickets, AT_A_TIME, async ({ id }, index) => {
      const end = await purchase(buyers[index % AT_A_TIME], id, index);
      finished += 1;
      return end;
    }).finally(() => {
      over = true;
    });
    const [ends] = await Promise.all([purchaseAll, killAll()]);

    const counts = tally(ends);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(PURCHASES);
    // Most people have bought something, whatever happened to the services.
    expect(counts['pay 201']).toBeGreaterThan(PURCHASES / 2);
    expect(restartsOf(target())).toEqual(Object.fromEntries(VICTIMS.map((name) => [name, 1])));
  }, 240_000);

  it('then every order ends complete or cancelled', async () => {
    await waitFor(
      'all orders to end',
      () => unfinishedOrders(target()),
      (left) => left.length === 0,
      {
        timeoutMs: 60_000,
        everyMs: 250,
      },
    );
    expect((await target().databases.orders()).length).toBeGreaterThanOrEqual(PURCHASES);
  });

  it('then charges, refunds, locks, copies and outboxes agree with the orders', async () => {
    await waitForAgreement(target());
  });
});
