import type { Ticket } from '@ticketing/common/api';
import { Customer, expectStatus, PASSWORD, uniqueWord, type Answer } from '../support/customer';
import { settledCharges } from '../support/ledger';
import { target } from '../support/target';
import {
  orderCancelled,
  orderComplete,
  paymentsUntil,
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

/** Whether a search for its title offers the ticket to a visitor. */
const isListed = async (title: string, id: string): Promise<boolean> => {
  const found = await expectStatus(new Customer(target().url).tickets({ q: title }), 200);
  return found.some((ticket) => ticket.id === id);
};

const listedUntil = (title: string, id: string, expected: boolean) =>
  waitFor(
    `ticket ${id} ${expected ? 'to be' : 'not to be'} in the list`,
    () => isListed(title, id),
    (listed) => listed === expected,
  );

/** The charges in the sandbox's ledger for these payments; undefined where there is no sandbox. */
const chargesFor = async (paymentIds: string[]) => {
  const { sandboxUrl } = target();
  return sandboxUrl && (await settledCharges(sandboxUrl)).filter(({ key }) => paymentIds.includes(key));
};

describe('when a customer buys a ticket and pays', () => {
  it('then the order is complete, the ticket sold and the card charged once, in minor units', async () => {
    const ticket = await sell(19.99);
    await listedUntil(ticket.title, ticket.id, true);

    const order = await expectStatus(buyer.buy(ticket.id, ticket.version), 201);
    expect(order).toMatchObject({
      status: 'created',
      userId: buyer.id,
      ticket: { id: ticket.id, price: 19.99 },
    });
    await ticketReserved(seller, ticket.id, order.id);
    await listedUntil(ticket.title, ticket.id, false);

    const payment = await expectStatus(payWhenKnown(buyer, order.id), 201);
    await orderComplete(buyer, order.id);
    const sold = await ticketUntil(seller, ticket.id, 'to be sold', ({ status }) => status === 'sold');
    expect(sold.orderId).toBe(order.id);
    expect(await isListed(ticket.title, ticket.id)).toBe(false);

    const payments = await expectStatus(buyer.payments(order.id), 200);
    expect(payments).toEqual([
      expect.objectContaining({
        id: payment.id,
        orderId: order.id,
        amount: 1999,
        currency: 'usd',
        status: 'succeeded',
      }),
    ]);
    const charges = await chargesFor([payment.id]);
    if (charges) {
      expect(charges).toEqual([
        expect.objectContaining({
          charge: expect.objectContaining({
            id: payments[0]?.stripeId,
            amount: 1999,
            currency: 'usd',
            paid: true,
            refunded: false,
          }),
          refunds: [],
        }),
      ]);
    }
  });

  it('then a second payment and a cancellation are refused', async () => {
    const ticket = await sell(20);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await expectStatus(payWhenKnown(buyer, order.id), 201);
    await orderComplete(buyer, order.id);

    await expectStatus(buyer.pay(order.id), 400);
    await expectStatus(buyer.cancel(order.id), 400);
    await expectStatus((await Customer.signedUp(target().url)).buy(ticket.id), 400);
    expect(await expectStatus(buyer.payments(order.id), 200)).toHaveLength(1);
  });

  it('then the order is among the buyer’s, oldest first, and the ticket among the seller’s', async () => {
    const [first, second] = [await sell(10), await sell(11)];
    const newcomer = await Customer.signedUp(target().url);
    const one = await expectStatus(newcomer.buy(first.id), 201);
    const two = await expectStatus(newcomer.buy(second.id), 201);

    const orders = await expectStatus(newcomer.orders(), 200);
    expect(orders.map(({ id }) => id)).toEqual([one.id, two.id]);
    const reserved = await ticketReserved(seller, first.id, one.id);
    expect(reserved.status).toBe('reserved');
    const own = await expectStatus(seller.tickets({ seller: 'me', q: first.title }), 200);
    expect(own).toEqual([reserved]);
    expect(reserved.seller).toEqual({ id: seller.id, name: expect.any(String) });
  });
});

describe('when the buyer cancels', () => {
  it('then the ticket is on sale again and another customer can buy it', async () => {
    const ticket = await sell(30);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await ticketReserved(seller, ticket.id, order.id);

    await expectStatus(buyer.cancel(order.id), 204);
    expect(await expectStatus(buyer.order(order.id), 200)).toMatchObject({
      status: 'cancelled',
      reason: 'buyer',
    });
    await ticketAvailable(seller, ticket.id);
    await listedUntil(ticket.title, ticket.id, true);

    const next = await expectStatus((await Customer.signedUp(target().url)).buy(ticket.id), 201);
    expect(next.ticket.id).toBe(ticket.id);
  });

  it('then the cancelled order cannot be paid', async () => {
    const ticket = await sell(30);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await expectStatus(buyer.cancel(order.id), 204);
    const { status } = await payWhenKnown(buyer, order.id);
    // A payment that overtakes the event of the cancellation is refunded.
    expect([400, 201]).toContain(status);
    await paymentsUntil(buyer, order.id, 'to be failed or refunded', (payments) =>
      payments.every(({ status }) => ['failed', 'rejected', 'refunded'].includes(status)),
    );
  });
});

describe('when the card is declined', () => {
  it('then the answer is 402 with Stripe’s message, the order is cancelled and the ticket on sale again', async () => {
    const ticket = await sell(40);
    const order = await expectStatus(buyer.buy(ticket.id), 201);

    const declined = await expectStatus(payWhenKnown(buyer, order.id, 'tok_chargeDeclined'), 402);
    expect(declined.errors).toEqual([{ message: 'Your card was declined.' }]);

    const cancelled = await orderCancelled(buyer, order.id);
    expect(cancelled.reason).toBe('payment-failed');
    await ticketAvailable(seller, ticket.id);
    await listedUntil(ticket.title, ticket.id, true);

    const payments = await expectStatus(buyer.payments(order.id), 200);
    expect(payments).toEqual([
      expect.objectContaining({ status: 'failed', amount: 4000, message: 'Your card was declined.' }),
    ]);
    expect((await chargesFor(payments.map(({ id }) => id))) ?? []).toEqual([]);
  });
});

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
    await listedUntil(title, ticket.id, true);
    expect(await isListed(ticket.title, ticket.id)).toBe(false);
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
