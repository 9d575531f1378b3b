import { countBy, identity, mapAsync, range } from 'es-toolkit';
import { waitForLocks } from '../support/consistency';
import { Customer, expectStatus, insist, signUpMany, uniqueWord } from '../support/customer';
import { idOf } from '@ticketing/auditor';
import { target, useDatabases } from '../support/target';
import { waitFor } from '../support/wait-for';

const RUNS = 10;
const TICKETS = 50;
const BUYERS = 20;

const databases = useDatabases();
const soldIds: string[] = [];
let seller: Customer;
let buyers: Customer[];

beforeAll(async () => {
  const { url } = target();
  seller = await Customer.signedUp(url);
  buyers = await signUpMany(url, BUYERS);
}, 60_000);

describe(`when ${BUYERS} buyers order each of ${TICKETS} tickets at the same time`, () => {
  it.each(range(1, RUNS + 1))('then in run %i each ticket goes to one of them', async (run) => {
    const title = `Final ${run} ${uniqueWord()}`;
    const tickets = await mapAsync(range(TICKETS), () => expectStatus(seller.sell(title, 25), 201));
    const ids = tickets.map(({ id }) => id);
    soldIds.push(...ids);
    await waitFor(
      'orders to have all tickets',
      async () => (await databases().about(ids).ticketProjections()).map(idOf),
      (known) => known.length === TICKETS,
    );

    // Each buyer begins with another ticket: otherwise the first buyer would get all of them.
    const attempts = buyers.flatMap((buyer, turn) =>
      [...ids.slice(turn), ...ids.slice(0, turn)].map((ticketId) => ({ buyer, ticketId })),
    );
    const answers = await mapAsync(attempts, async ({ buyer, ticketId }) => ({
      ticketId,
      answer: await insist(() => buyer.buy(ticketId)),
    }));

    expect(countBy(answers, ({ answer }) => answer.status)).toEqual({
      201: TICKETS,
      400: TICKETS * (BUYERS - 1),
    });
    const won = answers.filter(({ answer }) => answer.status === 201).map(({ ticketId }) => ticketId);
    expect(won.sort()).toEqual(ids.sort());
    const refusals = answers
      .filter(({ answer }) => answer.status === 400)
      .flatMap(({ answer }) => answer.data.errors.map(({ message }) => message));
    expect(Object.keys(countBy(refusals, identity))).toHaveLength(1);
  });

  it('then every ticket is locked by the order that got it', async () => {
    const sold = databases().about(soldIds);
    await waitForLocks(sold);
    expect(await sold.orders()).toHaveLength(RUNS * TICKETS);
  });
});
