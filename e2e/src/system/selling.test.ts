import type { Ticket } from '@ticketing/common/api';
import { Customer, expectStatus, PASSWORD, uniqueWord, type Answer } from '../support/customer';
import { target } from '../support/target';
import {
  isListed,
  listedUntil,
  orderComplete,
  payWhenKnown,
  ticketAvailable,
  ticketReserved,
  ticketUntil,
} from '../support/until';
import { waitFor } from '../support/wait-for';

let seller: Customer;
let buyer: Customer;

beforeAll(async () => {
  seller = await Customer.signedUp(target().url);
  buyer = await Customer.signedUp(target().url);
});

const sell = (price: number, title = `Concert ${uniqueWord()}`) =>
  expectStatus(seller.sell(title, price), 201);

describe('when the price is raised while a customer buys', () => {
  it('then an order is paid at its own price', async () => {
    const ticket = await sell(20);
    const order = await expectStatus(buyer.buy(ticket.id, ticket.version), 201);
    // Refused if the ticket is already locked, else taken.
    const raised = await seller.edit(ticket.id, ticket.title, 25);
    expect([200, 400]).toContain(raised.status);

    await expectStatus(payWhenKnown(buyer, order.id), 201);
    const paid = await orderComplete(buyer, order.id);
    expect(paid.ticket.price).toBe(20);
    const payments = await expectStatus(buyer.payments(order.id), 200);
    expect(payments).toEqual([expect.objectContaining({ amount: 2000, status: 'succeeded' })]);
  });

  it('then an order for the version that was seen is 409 with the new price', async () => {
    const ticket = await sell(20);
    const raised = await expectStatus(seller.edit(ticket.id, ticket.title, 25), 200);
    expect(raised.version).toBe(ticket.version + 1);

    const refused = await waitFor(
      `orders to refuse version ${ticket.version} of ticket ${ticket.id}`,
      async () => {
        const answer = await buyer.buy(ticket.id, ticket.version);
        // Before the event of the new price has arrived, an order is still taken, at the old one.
        if (answer.status === 201) await expectStatus(buyer.cancel(answer.data.id), 204);
        return { status: answer.status, data: answer.data };
      },
      ({ status }) => status === 409,
    );
    expect(refused.data.errors).toEqual([
      { message: expect.stringContaining('25.00'), field: 'ticketVersion' },
    ]);

    const order = await expectStatus(buyer.buy(ticket.id, raised.version), 201);
    expect(order.ticket.price).toBe(25);
  });

  it('then a changed title alone does not refuse the order', async () => {
    const ticket = await sell(20);
    const renamed = await expectStatus(seller.edit(ticket.id, `${ticket.title} (evening)`, 20), 200);
    // Order with the newest version first: after that the orders service has the new title.
    const first = await expectStatus(buyer.buy(ticket.id, renamed.version), 201);
    await expectStatus(buyer.cancel(first.id), 204);
    await ticketAvailable(seller, ticket.id);
    const order = await expectStatus(buyer.buy(ticket.id, ticket.version), 201);
    expect(order.ticket.price).toBe(20);
  });
});

describe('when sellers order their own ticket', () => {
  it('then the answer is 400 with the reason, and another customer can buy it', async () => {
    const ticket = await sell(50);
    const refused = await expectStatus(seller.buy(ticket.id), 400);
    expect(refused.errors).toEqual([{ message: 'You cannot buy your own ticket' }]);
    await expectStatus(buyer.buy(ticket.id), 201);
  });
});

describe('when the seller edits a ticket', () => {
  it('then a reserved one is refused and stays as it was', async () => {
    const ticket = await sell(50);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await ticketReserved(seller, ticket.id, order.id);

    const refused = await expectStatus(seller.edit(ticket.id, 'Something else', 60), 400);
    expect(refused.errors).toHaveLength(1);
    expect(await expectStatus(seller.ticket(ticket.id), 200)).toMatchObject({
      title: ticket.title,
      price: 50,
    });
  });

  it('then an available one is changed', async () => {
    const ticket = await sell(50);
    const title = `Match ${uniqueWord()}`;
    const edited = await expectStatus(seller.edit(ticket.id, title, 60.5), 200);
    expect(edited).toMatchObject({ id: ticket.id, title, price: 60.5, version: 1 });
    await listedUntil(target().url, edited, true);
    expect(await isListed(target().url, ticket)).toBe(false);
  });
});

describe('when the seller changes the email', () => {
  it('then tickets show the new name', async () => {
    const renaming = await Customer.signedUp(target().url);
    const ticket = await expectStatus(renaming.sell(`Play ${uniqueWord()}`, 15), 201);
    const name = `renamed-${uniqueWord()}`;
    const changes = { email: `${name}@example.com`, currentPassword: PASSWORD };
    await expectStatus(renaming.changeAccount(changes), 200);
    await ticketUntil(buyer, ticket.id, 'to show the new name', ({ seller: shown }) => shown?.name === name);
  });
});

describe('when the catalogue is read a page at a time', () => {
  it('then every ticket appears once, newest first', async () => {
    const word = uniqueWord();
    const created: string[] = [];
    for (const price of [3, 1, 2, 5, 4]) created.unshift((await sell(price, `Show ${word} ${price}`)).id);

    const seen: string[] = [];
    let next: string | undefined = `/api/tickets?q=${word}&limit=2`;
    while (next) {
      const page: Answer<Ticket[]> = await buyer.request('get', next);
      expect(page.status).toBe(200);
      seen.push(...page.data.map(({ id }) => id));
      next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1];
    }
    expect(seen).toEqual(created);

    const dearest = await expectStatus(buyer.tickets({ q: word, sort: '-price' }), 200);
    expect(dearest.map(({ price }) => price)).toEqual([5, 4, 3, 2, 1]);
  });
});
