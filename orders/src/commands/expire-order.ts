import { changeIfAllowed, OrderStatus } from '@ticketing/common';
import { Order } from '../models/order';

/** Orders per call of `expireOverdueOrders`; the next one takes the next. */
const LIMIT = 200;

/** Cancels an order whose time is up by this service's clock, which decides, whoever asks. */
export const expireOrder = async (id: string): Promise<void> => {
  await changeIfAllowed(Order, { id }, (order) => {
    if (order.expiresAt.getTime() <= Date.now()) order.cancel('expired');
  });
};

/** Expires what is overdue, oldest first. */
export const expireOverdueOrders = async (): Promise<void> => {
  const overdue = await Order.find(
    {
      status: { $in: [OrderStatus.Created, OrderStatus.AwaitingPayment] },
      expiresAt: { $lte: new Date() },
    },
    { _id: 1 },
  )
    .sort({ expiresAt: 1 })
    .limit(LIMIT)
    .lean();
  await Promise.all(overdue.map(({ _id }) => expireOrder(String(_id))));
};
