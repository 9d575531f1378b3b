import { expectStatus, Person, uniqueWord } from '../support/person';
import { useSystem } from '../support/system';
import { isForSale, orderUntil, ticketUntil } from '../support/watch';

const WINDOW_SECONDS = 3;
const target = useSystem({ orders: { EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS) } });

describe('when an order is not paid within its window of 3 seconds', () => {
  it('then it is cancelled as expired, and the ticket is on sale again', async () => {
    const seller = await Person.signedUp(target().url);
    const buyer = await Person.signedUp(target().url);
    const ticket = await expectStatus(seller.sell(`Opera ${uniqueWord()}`, 80), 201);
    const order = await expectStatus(buyer.buy(ticket.id), 201);
    const windowMs = Date.parse(order.expiresAt) - Date.parse(order.createdAt);
    expect(Math.abs(windowMs - WINDOW_SECONDS * 1000)).toBeLessThan(200);
    await ticketUntil(seller, ticket.id, 'to be reserved', ({ orderId }) => orderId === order.id);

    const cancelled = await orderUntil(
      buyer,
      order.id,
      'to be cancelled',
      ({ status }) => status === 'cancelled',
    );
    expect(cancelled.reason).toBe('expired');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(order.expiresAt));
    await ticketUntil(seller, ticket.id, 'to be on sale again', isForSale);
    const listed = await expectStatus(buyer.tickets({ q: ticket.title }), 200);
    expect(listed.map(({ id }) => id)).toEqual([ticket.id]);

    await expectStatus(buyer.pay(order.id), 400);
    expect(await expectStatus(buyer.payments(order.id), 200)).toEqual([]);
    await expectStatus(buyer.buy(ticket.id), 201);
  });
});

describe('when Redis is away', () => {
  it('then an order still expires, by the clock of the orders service', async () => {
    const { url, system } = target();
    const seller = await Person.signedUp(url);
    const buyer = await Person.signedUp(url);
    const ticket = await expectStatus(seller.sell(`Ballet ${uniqueWord()}`, 80), 201);
    await system.servers.redis.stop();
    try {
      const order = await expectStatus(buyer.buy(ticket.id), 201);
      await orderUntil(buyer, order.id, 'to be cancelled as expired', ({ reason }) => reason === 'expired');
      await ticketUntil(seller, ticket.id, 'to be on sale again', isForSale);
    } finally {
      await system.servers.redis.start();
    }
  });
});
