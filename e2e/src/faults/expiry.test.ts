import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { useSystem } from '../support/system';
import { orderCancelled, ticketAvailable, ticketReserved } from '../support/until';

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
