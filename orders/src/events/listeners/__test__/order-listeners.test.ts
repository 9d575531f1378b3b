import { NotFoundError, OrderStatus, type Message } from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import { Order } from '../../../models/order';
import { natsWrapper } from '../../../nats-wrapper';
import { newId, published, stockOrder } from '../../../test/fixtures';
import { ChargeCreatedListener } from '../charge-created-listener';
import { ExpirationCompleteListener } from '../expiration-complete-listener';
import { PaymentCreatedListener } from '../payment-created-listener';
import { PaymentFailedListener } from '../payment-failed-listener';

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
