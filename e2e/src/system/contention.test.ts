import { crowd, expectStatus, Person, uniqueWord } from '../support/person';
import { range, tally } from '../support/pool';
import { useRaced } from '../support/system';
import { lockProblems } from '../support/invariants';
import { waitFor } from '../support/wait-for';

const RUNS = 10;
const TICKETS = 50;
const BUYERS = 20;

const target = useRaced();
let seller: Person;
let buyers: Person[];

beforeAll(async () => {
  seller = await Person.signedUp(target().url);
  buyers = await crowd(target().url, BUYERS);
}, 60_000);

describe(`when ${BUYERS} people want each of ${TICKETS} tickets at the same moment`, () => {
  it.each(range(RUNS).map((run) => run + 1))('then in run %i one of them gets each ticket', async (run) => {
    const title = `Final ${run} ${uniqueWord()}`;
    const tickets = await Promise.all(range(TICKETS).map(() => expectStatus(seller.sell(title, 25), 201)));
    const ids = new Set(tickets.map(({ id }) => id));
    await waitFor(
      'orders to know all tickets',
      async () => (await target().databases.ticketCopies()).filter(({ _id }) => ids.has(String(_id))).length,
      (known) => known === TICKETS,
    );

    // One ticket after the other for each buyer would let the first buyer win everything: shuffle by rotation.
    const attempts = buyers.flatMap((buyer, turn) =>
      tickets.map((_, index) => ({ buyer, ticketId: tickets[(index + turn) % TICKETS].id })),
    );
    const answers = await Promise.all(
      attempts.map(async ({ buyer, ticketId }) => ({ ticketId, answer: await buyer.buy(ticketId) })),
    );

    expect(tally(answers.map(({ answer }) => answer.status))).toEqual({
      201: TICKETS,
      400: TICKETS * (BUYERS - 1),
    });
    const won = answers.filter(({ answer }) => answer.status === 201).map(({ ticketId }) => ticketId);
    expect(new Set(won)).toEqual(ids);
    const refusals = answers
      .filter(({ answer }) => answer.status === 400)
      .flatMap(({ answer }) => answer.data.errors);
    expect(Object.keys(tally(refusals.map(({ message }) => message)))).toHaveLength(1);
  });

  it('then every ticket is locked by the order that got it', async () => {
    await waitFor(
      'all locks',
      () => lockProblems(target()),
      (problems) => problems.length === 0,
      {
        timeoutMs: 60_000,
        everyMs: 250,
      },
    );
    expect(await target().databases.orders()).toHaveLength(RUNS * TICKETS);
  });
});
