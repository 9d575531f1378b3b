import { changeIfAllowed, OrderStatus } from '@ticketing/common';
import { Order } from '../models/order';

/** Notes that a charge for the order is in progress. */
export const awaitPayment = async (id: string): Promise<void> => {
  await changeIfAllowed(Order, { id }, (order) => order.awaitPayment());
};

/**
 * Completes a paid order. The event of its charge may still be on its way: its transition is then made
 * first, with an event of its own.
 */
export const completeOrder = async (id: string): Promise<void> => {
  const order = await changeIfAllowed(Order, { id }, (current) => {
    if (current.status === OrderStatus.Created) current.awaitPayment();
    else current.complete();
  });
  if (order?.status === OrderStatus.AwaitingPayment)
    await changeIfAllowed(Order, { id }, (current) => current.complete());
};
