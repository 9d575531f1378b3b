import { NotFoundError, OrderStatus, OutOfOrderError, type Message } from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import { Order } from '../../../models/order';
import { natsWrapper } from '../../../nats-wrapper';
import { newId, published, stockOrder, stockSale } from '../../../test/fixtures';
import { ChargeCreatedListener } from '../charge-created-listener';
import { ExpirationCompleteListener } from '../expiration-complete-listener';
import { PaymentCreatedListener } from '../payment-created-listener';
import { PaymentFailedListener } from '../payment-failed-listener';
import { PaymentRefundedListener } from '../payment-refunded-listener';

const client = natsWrapper.client;
const handlers = {
  'charge:created': (orderId: string, msg: Message) =>
    new ChargeCreatedListener(client).onMessage({ id: newId(), orderId, amount: 2000 }, msg),
  'payment:created': (orderId: string, msg: Message) =>
    new PaymentCreatedListener(client).onMessage({ id: newId(), orderId, stripeId: 'ch_1' }, msg),
  'payment:failed': (orderId: string, msg: Message) =>
    new PaymentFailedListener(client).onMessage({ id: newId(), orderId, message: 'declined' }, msg),
  'expiration:complete': (orderId: string, msg: Message) =>
    new ExpirationCompleteListener(client).onMessage({ orderId }, msg),
};
type Incoming = keyof typeof handlers;

const { Created, AwaitingPayment, Complete, Cancelled } = OrderStatus;

it.each<[Incoming, OrderStatus, OrderStatus, string[]]>([
  ['charge:created', Created, AwaitingPayment, ['order:awaiting-payment']],
  ['charge:created', AwaitingPayment, AwaitingPayment, []],
  ['charge:created', Complete, Complete, []],
  ['charge:created', Cancelled, Cancelled, []],
  ['payment:created', Created, Complete, ['order:awaiting-payment', 'order:completed']],
  ['payment:created', AwaitingPayment, Complete, ['order:completed']],
  ['payment:created', Complete, Complete, []],
  ['payment:created', Cancelled, Cancelled, []],
  ['payment:failed', Created, Cancelled, ['order:cancelled']],
  ['payment:failed', AwaitingPayment, Cancelled, ['order:cancelled']],
  ['payment:failed', Complete, Complete, []],
  ['payment:failed', Cancelled, Cancelled, []],
  ['expiration:complete', Created, Cancelled, ['order:cancelled', 'order:expired']],
  ['expiration:complete', AwaitingPayment, Cancelled, ['order:cancelled', 'order:expired']],
  ['expiration:complete', Complete, Complete, []],
  ['expiration:complete', Cancelled, Cancelled, []],
])(
  'when %s comes to an order that is %s, then it is %s, %j is published, and the message acknowledged',
  async (incoming, from, to, events) => {
    const order = await stockOrder({ status: from });
    const msg = mockMessage();
    await handlers[incoming](order.id, msg);
    expect((await Order.findById(order.id))!.status).toBe(to);
    expect(published().map(({ subject }) => subject)).toEqual(events);
    expect(published().every(({ id }) => id === order.id)).toBe(true);
    expect(msg.ack).toHaveBeenCalledTimes(1);
  },
);

it.each<[Incoming, string]>([
  ['payment:failed', 'payment-failed'],
  ['expiration:complete', 'expired'],
])('when %s cancels an order, then the reason is %s', async (incoming, reason) => {
  const order = await stockOrder();
  await handlers[incoming](order.id, mockMessage());
  expect((await Order.findById(order.id))!.reason).toBe(reason);
  expect(published()[0]).toMatchObject({ reason, ticket: { id: order.ticket.id } });
});

it.each(Object.keys(handlers) as Incoming[])(
  'when %s comes for an unknown order, then it is not acknowledged',
  async (incoming) => {
    const msg = mockMessage();
    await expect(handlers[incoming](newId(), msg)).rejects.toThrow(NotFoundError);
    expect(msg.ack).not.toHaveBeenCalled();
  },
);

describe('when a charge is created shortly before the hold ends', () => {
  /** Handles a charge that was started so many seconds before an end of the hold that is so far away. */
  const charge = async (status: OrderStatus, { startedBefore = 10, endsIn = 5, times = 1 } = {}) => {
    const expiresAt = new Date(Date.now() + endsIn * 1_000);
    const order = await stockOrder({ status, expiresAt });
    const occurredAt = (n: number) =>
      new Date(expiresAt.getTime() - startedBefore * 1_000 + n * 40_000).toISOString();
    for (let n = 0; n < times; n += 1) {
      const meta = { eventId: newId(), correlationId: 'c', occurredAt: occurredAt(n) };
      const data = { id: newId(), orderId: order.id as string, amount: 2000, meta };
      await new ChargeCreatedListener(client).onMessage(data, mockMessage());
    }
    const stored = await Order.findById(order.id).orFail();
    return { extendedBy: (stored.expiresAt.getTime() - expiresAt.getTime()) / 1_000, stored };
  };

  it.each([Created, AwaitingPayment])(
    'then the hold of one that is %s lasts a minute from its start, and order:awaiting-payment says so',
    async (status) => {
      const { extendedBy, stored } = await charge(status);
      expect(extendedBy).toBe(50);
      expect(stored.status).toBe(AwaitingPayment);
      expect(published()).toMatchObject([
        { subject: 'order:awaiting-payment', version: 1, expiresAt: stored.expiresAt.toISOString() },
      ]);
    },
  );

  it('then that happens once', async () => {
    expect((await charge(Created, { times: 2 })).extendedBy).toBe(50);
  });

  it('then a charge that was started in time counts, whenever its event comes', async () => {
    expect((await charge(Created, { endsIn: -1 })).extendedBy).toBe(50);
  });

  it.each([
    ['with enough time left', Created, { startedBefore: 100, endsIn: 100 }],
    ['after its end', Created, { startedBefore: -1 }],
    ['of a complete order', Complete, {}],
    ['of a cancelled order', Cancelled, {}],
  ])('then one %s extends nothing', async (_what, status, times) => {
    expect((await charge(status, times)).extendedBy).toBe(0);
    expect(published().some(({ expiresAt }) => expiresAt !== undefined)).toBe(false);
  });

  it('then the order expires at the new end, not before', async () => {
    const { stored } = await charge(Created, { endsIn: -1 });
    await handlers['expiration:complete'](stored.id as string, mockMessage());
    expect((await Order.findById(stored.id).orFail()).status).toBe(AwaitingPayment);
    await Order.updateOne({ _id: stored._id }, { expiresAt: new Date() });
    await handlers['expiration:complete'](stored.id as string, mockMessage());
    expect((await Order.findById(stored.id).orFail()).status).toBe(Cancelled);
  });
});

it('when a card is declined and another may be tried, then the order stays as it is', async () => {
  const order = await stockOrder({ status: AwaitingPayment });
  const msg = mockMessage();
  const data = { id: newId(), orderId: order.id as string, message: 'declined', attemptsLeft: 2 };
  await new PaymentFailedListener(client).onMessage(data, msg);
  expect(await Order.findById(order.id)).toMatchObject({ status: AwaitingPayment, version: 0 });
  expect(published()).toEqual([]);
  expect(msg.ack).toHaveBeenCalledTimes(1);
});

describe('when payment:refunded comes', () => {
  const refunded = async (orderId: string, id: string) => {
    const msg = mockMessage();
    const handled = new PaymentRefundedListener(client).onMessage(
      { id, orderId, stripeRefundId: 're_1' },
      msg,
    );
    await handled.catch(() => undefined);
    return { handled, msg, order: await Order.findById(orderId).orFail() };
  };

  it('then the order that this payment completed is cancelled, and its ticket withdrawn', async () => {
    const { id, paymentId, ticketId } = await stockSale();
    const { msg, order } = await refunded(id, paymentId);
    expect(order).toMatchObject({ status: Cancelled, reason: 'refunded', refundedBy: 'marketplace' });
    expect(published()).toMatchObject([
      { subject: 'order:cancelled', id, reason: 'refunded', withdraw: true, ticket: { id: ticketId } },
    ]);
    expect(msg.ack).toHaveBeenCalledTimes(1);
    await refunded(id, paymentId);
    expect(published()).toHaveLength(1);
  });

  it('then the refund of a duplicate does not undo the sale', async () => {
    const { id } = await stockSale();
    const { msg, order } = await refunded(id, newId());
    expect(order.status).toBe(Complete);
    expect(published()).toEqual([]);
    expect(msg.ack).toHaveBeenCalledTimes(1);
  });

  it('then the payment that completes an order is the one that payment:created names', async () => {
    const { id } = await stockOrder({ status: AwaitingPayment });
    const [paymentId, duplicate] = [newId(), newId()];
    for (const made of [paymentId, duplicate]) {
      const data = { id: made, orderId: id as string, stripeId: 'ch_1' };
      await new PaymentCreatedListener(client).onMessage(data, mockMessage());
    }
    expect((await refunded(id, duplicate)).order.status).toBe(Complete);
    expect((await refunded(id, paymentId)).order.status).toBe(Cancelled);
  });

  it('then an order that was cancelled stays as it is', async () => {
    const { id } = await stockOrder({ status: Cancelled });
    const { msg, order } = await refunded(id, newId());
    expect(order).toMatchObject({ status: Cancelled, version: 0 });
    expect(order.reason).toBeUndefined();
    expect(msg.ack).toHaveBeenCalledTimes(1);
  });

  it.each([Created, AwaitingPayment])(
    'then an order that is still %s waits for the payment, and is not complete without money afterwards',
    async (status) => {
      const { id } = await stockOrder({ status });
      const paymentId = newId();
      const early = await refunded(id, paymentId);
      await expect(early.handled).rejects.toThrow(OutOfOrderError);
      expect(early.msg.ack).not.toHaveBeenCalled();
      const data = { id: paymentId, orderId: id as string, stripeId: 'ch_1' };
      await new PaymentCreatedListener(client).onMessage(data, mockMessage());
      expect((await refunded(id, paymentId)).order.status).toBe(Cancelled);
    },
  );
});
