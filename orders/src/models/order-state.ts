import { ignored, OrderStatus, refused, transitionsOf, type TransitionTable } from '@ticketing/common';

export const orderEvents = ['await-payment', 'complete', 'cancel', 'refund'] as const;
export type OrderEvent = (typeof orderEvents)[number];

/** Every state with every event: the state that it leads to, or why there is none. */
export const orderStateTable: TransitionTable<OrderStatus, OrderEvent> = {
  [OrderStatus.Created]: {
    'await-payment': OrderStatus.AwaitingPayment,
    complete: refused, // a charge is announced before it is made
    cancel: OrderStatus.Cancelled,
    refund: refused, // nothing is paid
  },
  [OrderStatus.AwaitingPayment]: {
    'await-payment': ignored, // another attempt after a refused token or a declined card
    complete: OrderStatus.Complete,
    cancel: OrderStatus.Cancelled,
    refund: refused,
  },
  [OrderStatus.Complete]: {
    'await-payment': ignored, // delivered late
    complete: ignored, // delivered twice
    cancel: refused, // for the buyer and the clock a sale is final
    refund: OrderStatus.Cancelled,
  },
  [OrderStatus.Cancelled]: {
    'await-payment': ignored, // payments receives the cancellation and refunds
    complete: ignored,
    cancel: ignored,
    refund: ignored, // payments refunds what a cancelled order was charged
  },
};

export const nextOrderStatus = transitionsOf('order', orderStateTable);
