import { copyProblems } from '../support/invariants';
import { expectStatus, Person, uniqueWord } from '../support/person';
import { range, tally } from '../support/pool';
import { useRaced } from '../support/system';
import { waitFor } from '../support/wait-for';

const TICKETS = 50;
const AT_A_TIME = 5;
const ROUNDS = 4;
const UPDATES = TICKETS * AT_A_TIME * ROUNDS;

const target = useRaced();

describe(`when ${TICKETS} tickets are updated ${UPDATES} times, ${AT_A_TIME} at a time on each`, () => {
  it('then every update is answered 200, none is lost, and the copies equal the originals', async () => {
    const before = target().restarts();
    const seller = await Person.signedUp(target().url);
    const tickets = await Promise.all(
      range(TICKETS).map((index) => expectStatus(seller.sell(`Match ${index} ${uniqueWord()}`, 10), 201)),
    );

    const statuses = await Promise.all(
      tickets.map(async ({ id }, ticket) => {
        const seen: number[] = [];
        for (const round of range(ROUNDS)) {
          const answers = await Promise.all(
            range(AT_A_TIME).map((turn) => {
              const number = round * AT_A_TIME + turn + 1;
              return seller.edit(id, `Match ${ticket}, edition ${number}`, 10 + number);
            }),
          );
          seen.push(...answers.map(({ status }) => status));
        }
        return seen;
      }),
    );
    expect(tally(statuses.flat())).toEqual({ 200: UPDATES });

    // A version for each update: none has overwritten another unseen.
    const originals = await target().databases.tickets();
    expect(tally(originals.map(({ version }) => version))).toEqual({ [AT_A_TIME * ROUNDS]: TICKETS });

    await waitFor(
      'copies to equal originals',
      () => copyProblems(target()),
      (problems) => problems.length === 0,
      {
        timeoutMs: 60_000,
        everyMs: 250,
      },
    );
    await waitFor(
      'outboxes to be empty',
      () => target().databases.unpublished(),
      (left) => left.length === 0,
    );
    expect(target().restarts()).toEqual(before);
  });
});
