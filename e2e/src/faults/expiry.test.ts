import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { useSystem } from '../support/system';
import {
  orderCancelled,
  orderComplete,
  paymentsUntil,
  ticketAvailable,
  ticketReserved,
} from '../support/until';

const WINDOW_SECONDS = 3;
const own = useSystem({ orders: { EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS) } });

let seller: Customer;
let buyer: Customer;

beforeAll(async () => {
  seller = await Customer.signedUp(own().url);
  buyer = await Customer.signedUp(own().url);
});

describe('when an order is not paid within its window of 3 seconds', () => {
  it('then it is cancelled as expired, and the ticket is on sale again', async () => {
    const ticket = await expectStatus(seller.sell(`Opera ${uniqueWord()}`, 80), 201);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    const windowMs = Date.parse(order.expiresAt) - Date.parse(order.createdAt);
    expect(Math.abs(windowMs - WINDOW_SECONDS * 1000)).toBeLessThan(200);
    await ticketReserved(seller, ticket.id, order.id);

    const cancelled = await orderCancelled(buyer, order.id);
    expect(cancelled.reason).toBe('expired');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(order.expiresAt));
    await ticketAvailable(seller, ticket.id);
    const listed = await expectStatus(buyer.tickets({ q: ticket.title }), 200);
    expect(listed.map(({ id }) => id)).toEqual([ticket.id]);

    await expectStatus(buyer.pay(order.id), 400);
    expect(await expectStatus(buyer.payments(order.id), 200)).toEqual([]);
    await expectStatus(buyer.buy(ticket.id), 201);
  });
});

describe('when Redis is down', () => {
  it('then an order still expires: the orders service sweeps its overdue orders', async () => {
    const { redis } = own().system.servers;
    const ticket = await expectStatus(seller.sell(`Ballet ${uniqueWord()}`, 80), 201);
    await redis.stop();
    try {
      const order = await expectStatus(buyer.buy(ticket.id), 201);
      expect((await orderCancelled(buyer, order.id)).reason).toBe('expired');
      await ticketAvailable(seller, ticket.id);
    } finally {
      await redis.start();
    }
  });
});

describe('when the hold ends while a payment is in progress', () => {
  it('then it is extended, the order is paid, and nothing is refunded', async () => {
    const ticket = await expectStatus(seller.sell(`Jazz ${uniqueWord()}`, 80), 201);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    await expectStatus(buyer.pay(order.id, 'tok_slow_4000'), 201);
    expect(Date.now()).toBeGreaterThan(Date.parse(order.expiresAt));
    const paid = await orderComplete(buyer, order.id);
    const extendedBy = Date.parse(paid.expiresAt) - Date.parse(order.expiresAt);
    expect(extendedBy).toBeGreaterThan(0);
    expect(extendedBy).toBeLessThanOrEqual(WINDOW_SECONDS * 1_000);
  });

  it('then one that takes longer than the extension is refunded, and the ticket on sale again', async () => {
    const ticket = await expectStatus(seller.sell(`Blues ${uniqueWord()}`, 80), 201);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    const { status } = await buyer.pay(order.id, 'tok_slow_9000');
    expect(status).toBe(400);
    expect((await orderCancelled(buyer, order.id)).reason).toBe('expired');
    await ticketAvailable(seller, ticket.id);
    await paymentsUntil(buyer, order.id, 'to be refunded', (payments) =>
      payments.every(({ status }) => status === 'refunded'),
    );
  });
});
