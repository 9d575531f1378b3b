import { BadRequestError } from '../errors/http-errors';
import { OrderStatus } from './order-status';

/** What can happen to an order. */
export const orderMoves = ['await-payment', 'complete', 'cancel'] as const;
export type OrderMove = (typeof orderMoves)[number];

/** Already so, or too late to matter: nothing changes and nobody is told. */
const ignored = 'ignored';
/** Against the rules: whoever asked is told. */
const refused = 'refused';

/** Every state with every move: where it leads, or why it does not. */
export const orderStateTable: Readonly<
  Record<OrderStatus, Readonly<Record<OrderMove, OrderStatus | typeof ignored | typeof refused>>>
> = {
  [OrderStatus.Created]: {
    'await-payment': OrderStatus.AwaitingPayment,
    complete: refused, // a payment is announced before it is made
    cancel: OrderStatus.Cancelled,
  },
  [OrderStatus.AwaitingPayment]: {
    'await-payment': ignored, // a second try after a refused token
    complete: OrderStatus.Complete,
    cancel: OrderStatus.Cancelled,
  },
  [OrderStatus.Complete]: {
    'await-payment': ignored, // told late
    complete: ignored, // told twice
    cancel: refused, // sold is sold
  },
  [OrderStatus.Cancelled]: {
    'await-payment': ignored, // payments hears of the cancellation and refunds
    complete: ignored,
    cancel: ignored,
  },
};

/** 400: the order's state does not allow the move. */
export class OrderMoveRefusedError extends BadRequestError {
  constructor(
    readonly status: OrderStatus,
    readonly move: OrderMove,
  ) {
    super(`The order is ${status === OrderStatus.Complete ? 'complete and cannot change' : status}`);
  }
}

/**
 * The state that a move leads to, or `undefined` when the move is ignored.
 *
 * @throws OrderMoveRefusedError when the table refuses it
 */
export const nextOrderStatus = (status: OrderStatus, move: OrderMove): OrderStatus | undefined => {
  const next = orderStateTable[status][move];
  if (next === refused) throw new OrderMoveRefusedError(status, move);
  return next === ignored ? undefined : next;
};
