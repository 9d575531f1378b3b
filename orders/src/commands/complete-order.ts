import { changeIfAllowed, OrderStatus } from '@ticketing/common';
import { config } from '../config';
import { Order } from '../models/order';
import { expectExpiry } from './expire-order';

/** A hold at most doubles, in milliseconds. */
const extensionMs = (): number =>
  1_000 * Math.min(config.PAYMENT_EXTENSION_SECONDS, config.EXPIRATION_WINDOW_SECONDS);

/**
 * Notes that a charge for the order is in progress, and extends the hold where little of it is left.
 *
 * @param startedAt when payments recorded the charge
 */
export const awaitPayment = async (id: string, startedAt: Date): Promise<void> => {
  const order = await changeIfAllowed(Order, { id }, (current) =>
    current.awaitPayment({ startedAt, extensionMs: extensionMs() }),
  );
  if (order?.isExtended) expectExpiry(order);
};

/**
 * Completes a paid order. The event of its charge may still be on its way: its transition is then made
 * first, with an event of its own.
 *
 * @param paymentId the payment: its refund, and no other's, undoes the sale
 */
export const completeOrder = async (id: string, paymentId: string): Promise<void> => {
  const order = await changeIfAllowed(Order, { id }, (current) => {
    if (current.status === OrderStatus.Created) current.awaitPayment();
    else current.complete(paymentId);
  });
  if (order?.status === OrderStatus.AwaitingPayment)
    await changeIfAllowed(Order, { id }, (current) => current.complete(paymentId));
};
