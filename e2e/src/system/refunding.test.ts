import type { Ticket } from '@ticketing/common/api';
import { mapAsync, range } from 'es-toolkit';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { target } from '../support/target';
import {
  listedUntil,
  orderCancelled,
  orderComplete,
  paymentsUntil,
  payWhenKnown,
  ticketAvailable,
  ticketUntil,
} from '../support/until';

const TICKETS = 10;

let seller: Customer;
let buyer: Customer;
let other: Customer;

beforeAll(async () => {
  [seller, buyer, other] = (await Promise.all([0, 1, 2].map(() => Customer.signedUp(target().url)))) as [
    Customer,
    Customer,
    Customer,
  ];
});

const isSold = ({ status }: Ticket) => status === 'sold';
const isWithdrawn = ({ status }: Ticket) => status === 'withdrawn';

/** A ticket that the buyer has paid for, known to be sold everywhere. */
const sale = async (customer = buyer) => {
  const ticket = await expectStatus(seller.sell(`Concert ${uniqueWord()}`, 20), 201);
  const order = await expectStatus(customer.buy(ticket.id, ticket.version), 201);
  expect((await payWhenKnown(customer, order.id)).status).toBe(201);
  await orderComplete(customer, order.id);
  await ticketUntil(seller, ticket.id, 'to be sold', isSold);
  return { ticket, orderId: order.id };
};

const refundedOnce = async (customer: Customer, orderId: string) => {
  const payments = await paymentsUntil(customer, orderId, 'to be refunded', (all) =>
    all.some(({ status }) => status === 'refunded'),
  );
  expect(payments).toHaveLength(1);
  expect(payments[0]?.stripeRefundId).toMatch(/^re_/);
};

describe('when the seller refunds a sold ticket', () => {
  it('then the buyer gets their money back, and the ticket is sold again to another', async () => {
    const { ticket, orderId } = await sale();
    const saleOf = async () =>
      (await expectStatus(seller.payouts(), 200)).sales.find((one) => one.orderId === orderId);
    expect(await saleOf()).toMatchObject({
      ticketId: ticket.id,
      amount: 2000,
      fee: 130,
      net: 1870,
      status: 'owed',
    });
    await expectStatus(seller.refund(orderId, true), 204);
    expect(await orderCancelled(buyer, orderId)).toMatchObject({ reason: 'refunded', refundedBy: 'seller' });
    await refundedOnce(buyer, orderId);
    expect(await saleOf()).toMatchObject({ net: 0, status: 'refunded' });
    const available = await ticketAvailable(other, ticket.id);
    await listedUntil(target().url, ticket, true);

    const next = await expectStatus(other.buy(ticket.id, available.version), 201);
    expect((await payWhenKnown(other, next.id)).status).toBe(201);
    await orderComplete(other, next.id);
    const sold = await ticketUntil(seller, ticket.id, 'to be sold', isSold);
    expect(sold.orderId).toBe(next.id);
    // Asked again, the first refund does not touch the second sale.
    await expectStatus(seller.refund(orderId, false), 204);
    expect((await expectStatus(other.order(next.id), 200)).status).toBe('complete');
  });

  it('then a ticket that shall not be sold again is withdrawn, until the seller puts it back on sale', async () => {
    const { ticket, orderId } = await sale();
    await expectStatus(seller.refund(orderId, false), 204);
    await refundedOnce(buyer, orderId);
    const withdrawn = await ticketUntil(seller, ticket.id, 'to be withdrawn', isWithdrawn);
    expect(withdrawn.orderId).toBeUndefined();
    await listedUntil(target().url, ticket, false);
    const refused = await expectStatus(other.buy(ticket.id, withdrawn.version), 400);
    expect(refused.errors).toEqual([{ message: 'The seller has withdrawn this ticket' }]);
    await expectStatus(seller.relist(ticket.id), 200);
    await listedUntil(target().url, ticket, true);
  });

  it('then no one else may, and only a complete order can be refunded', async () => {
    const { orderId } = await sale();
    await expectStatus(buyer.refund(orderId, true), 401);
    await expectStatus(other.refund(orderId, true), 401);
    await expectStatus(new Customer(target().url).refund(orderId, true), 401);
    await expectStatus(seller.refund('68f1c0de5a4b3c2d1e0f9a03', true), 404);
    expect((await expectStatus(buyer.order(orderId), 200)).status).toBe('complete');

    const ticket = await expectStatus(seller.sell(`Concert ${uniqueWord()}`, 20), 201);
    const open = await expectStatus(buyer.buy(ticket.id, ticket.version), 201);
    await expectStatus(seller.refund(open.id, true), 400);
  });
});

describe(`when ${TICKETS} sold tickets are refunded several times at the same moment`, () => {
  it('then each is refunded once, and sold again once', async () => {
    const sales = await mapAsync(range(TICKETS), () => sale(), { concurrency: 5 });
    await mapAsync(sales, async ({ ticket, orderId }) => {
      const refunds = range(3).map(() => expectStatus(seller.refund(orderId, true), 204));
      const rebuy = async () => {
        const available = await ticketAvailable(other, ticket.id);
        const next = await expectStatus(other.buy(ticket.id, available.version), 201);
        expect((await payWhenKnown(other, next.id)).status).toBe(201);
        await orderComplete(other, next.id);
        await ticketUntil(other, ticket.id, 'to be sold again', ({ orderId: holder }) => holder === next.id);
      };
      await Promise.all([...refunds, rebuy(), refundedOnce(buyer, orderId)]);
    });
  });
});
