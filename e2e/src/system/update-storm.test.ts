import { countBy, identity, mapAsync, range } from 'es-toolkit';
import { waitForEmptyOutboxes, waitForProjections } from '../support/consistency';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { target, useDatabases } from '../support/target';

const TICKETS = 50;
const AT_A_TIME = 5;
const ROUNDS = 4;
const UPDATES = TICKETS * AT_A_TIME * ROUNDS;

const databases = useDatabases();

describe(`when ${TICKETS} tickets are updated ${UPDATES} times, ${AT_A_TIME} at a time on each`, () => {
  it('then every update is answered 200, none is lost, and the projections equal the documents', async () => {
    const seller = await Customer.signedUp(target().url);
    const tickets = await mapAsync(range(TICKETS), (index) =>
      expectStatus(seller.sell(`Match ${index} ${uniqueWord()}`, 10), 201),
    );

    const statuses = await mapAsync(tickets, async ({ id }, ticket) => {
      const seen: number[] = [];
      for (const round of range(ROUNDS)) {
        const answers = await mapAsync(range(AT_A_TIME), (turn) => {
          const edition = round * AT_A_TIME + turn + 1;
          return seller.edit(id, `Match ${ticket}, edition ${edition}`, 10 + edition);
        });
        seen.push(...answers.map(({ status }) => status));
      }
      return seen;
    });
    expect(countBy(statuses.flat(), identity)).toEqual({ 200: UPDATES });

    // A version for each update: none has overwritten another unseen.
    const updated = databases().about(tickets.map(({ id }) => id));
    const versions = (await updated.tickets()).map(({ version }) => version);
    expect(countBy(versions, identity)).toEqual({ [AT_A_TIME * ROUNDS]: TICKETS });

    await waitForProjections(updated);
    await waitForEmptyOutboxes(updated);
  });
});
