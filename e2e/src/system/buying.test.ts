import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { settledCharges } from '../support/ledger';
import { target } from '../support/target';
import {
  isListed,
  listedUntil,
  orderCancelled,
  orderComplete,
  paymentsUntil,
  payWhenKnown,
  ticketAvailable,
  ticketReserved,
  ticketUntil,
} from '../support/until';

let seller: Customer;
let buyer: Customer;

beforeAll(async () => {
  seller = await Customer.signedUp(target().url);
  buyer = await Customer.signedUp(target().url);
});

const sell = (price: number, title = `Concert ${uniqueWord()}`) =>
  expectStatus(seller.sell(title, price), 201);

/** The charges in the sandbox's ledger for these payments; undefined where there is no sandbox. */
const chargesFor = async (paymentIds: string[]) => {
  const { sandboxUrl } = target();
  return sandboxUrl && (await settledCharges(sandboxUrl)).filter(({ key }) => paymentIds.includes(key));
};

describe('when a customer buys a ticket and pays', () => {
  it('then the order is complete, the ticket sold and the card charged once, in minor units', async () => {
    const ticket = await sell(19.99);
    await listedUntil(target().url, ticket, true);

    const order = await expectStatus(buyer.buy(ticket.id, ticket.version), 201);
    expect(order).toMatchObject({
      status: 'created',
      userId: buyer.id,
      ticket: { id: ticket.id, price: 19.99 },
    });
    await ticketReserved(seller, ticket.id, order.id);
    await listedUntil(target().url, ticket, false);

    const payment = await expectStatus(payWhenKnown(buyer, order.id), 201);
    await orderComplete(buyer, order.id);
    const sold = await ticketUntil(seller, ticket.id, 'to be sold', ({ status }) => status === 'sold');
    expect(sold.orderId).toBe(order.id);
    expect(await isListed(target().url, ticket)).toBe(false);

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

  it('then the lowest price that can be listed can be paid', async () => {
    const ticket = await sell(0.5);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await expectStatus(payWhenKnown(buyer, order.id), 201);
    await orderComplete(buyer, order.id);
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
    await listedUntil(target().url, ticket, true);

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
  it('then the answer is 402 with Stripe’s message and the attempts left, and another card can be used', async () => {
    const ticket = await sell(40);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    const declined = await expectStatus(payWhenKnown(buyer, order.id, 'tok_chargeDeclined'), 402);
    expect(declined).toEqual({ errors: [{ message: 'Your card was declined.' }], attemptsLeft: 2 });

    await expectStatus(buyer.pay(order.id), 201);
    await orderComplete(buyer, order.id);
    const payments = await expectStatus(buyer.payments(order.id), 200);
    expect(payments.map(({ status, attemptsLeft }) => [status, attemptsLeft])).toEqual([
      ['failed', 2],
      ['succeeded', undefined],
    ]);
    expect((await chargesFor(payments.map(({ id }) => id))) ?? [{}]).toHaveLength(1);
  });

  it('then after the third the order is cancelled and the ticket on sale again', async () => {
    const ticket = await sell(40);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await expectStatus(payWhenKnown(buyer, order.id, 'tok_chargeDeclined'), 402);
    await expectStatus(buyer.pay(order.id, 'tok_chargeDeclined'), 402);
    expect((await expectStatus(buyer.order(order.id), 200)).status).not.toBe('cancelled');
    const last = await expectStatus(buyer.pay(order.id, 'tok_chargeDeclined'), 402);
    expect(last).toEqual({ errors: [{ message: 'Your card was declined.' }] });
    await expectStatus(buyer.pay(order.id), 400);

    const cancelled = await orderCancelled(buyer, order.id);
    expect(cancelled.reason).toBe('payment-failed');
    await ticketAvailable(seller, ticket.id);
    await listedUntil(target().url, ticket, true);

    const payments = await expectStatus(buyer.payments(order.id), 200);
    expect(payments).toHaveLength(3);
    expect(payments.at(-1)).toMatchObject({
      status: 'failed',
      amount: 4000,
      message: 'Your card was declined.',
    });
    expect((await chargesFor(payments.map(({ id }) => id))) ?? []).toEqual([]);
  });

  it('then of many cards at once one is charged at most, and it is the only one', async () => {
    const ticket = await sell(40);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    const cards = ['tok_chargeDeclined', 'tok_visa', 'tok_chargeDeclined', 'tok_visa', 'tok_visa'];
    await Promise.all(cards.map((card) => payWhenKnown(buyer, order.id, card)));
    await buyer.pay(order.id);
    await orderComplete(buyer, order.id);
    const payments = await expectStatus(buyer.payments(order.id), 200);
    expect(payments.filter(({ status }) => status === 'succeeded')).toHaveLength(1);
    expect((await chargesFor(payments.map(({ id }) => id))) ?? [{}]).toHaveLength(1);
  });
});
