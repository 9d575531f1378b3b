import { BadRequestError } from '../../errors/http-errors';
import { nextOrderStatus, orderMoves, OrderMoveRefusedError, type OrderMove } from '../order-state';
import { OrderStatus } from '../order-status';

const { Created, AwaitingPayment, Complete, Cancelled } = OrderStatus;

/** Written out on purpose: the table is the business, and a change of it must be made twice. */
const expected: [OrderStatus, OrderMove, OrderStatus | 'ignored' | 'refused'][] = [
  [Created, 'await-payment', AwaitingPayment],
  [Created, 'complete', 'refused'],
  [Created, 'cancel', Cancelled],
  [AwaitingPayment, 'await-payment', 'ignored'],
  [AwaitingPayment, 'complete', Complete],
  [AwaitingPayment, 'cancel', Cancelled],
  [Complete, 'await-payment', 'ignored'],
  [Complete, 'complete', 'ignored'],
  [Complete, 'cancel', 'refused'],
  [Cancelled, 'await-payment', 'ignored'],
  [Cancelled, 'complete', 'ignored'],
  [Cancelled, 'cancel', 'ignored'],
];

describe('the states of an order', () => {
  it('when the states are stored, then they have the names that other services read', () => {
    expect(OrderStatus).toEqual({
      Created: 'created',
      Cancelled: 'cancelled',
      AwaitingPayment: 'awaiting:payment',
      Complete: 'complete',
    });
  });

  it('when the cases below are counted, then every state meets every move', () => {
    const pairs = Object.values(OrderStatus).flatMap((status) =>
      orderMoves.map((move) => `${status} × ${move}`),
    );
    expect(expected.map(([status, move]) => `${status} × ${move}`).sort()).toEqual(pairs.sort());
  });

  it.each(expected)('when an order is %s and the move is %s, then %s', (status, move, outcome) => {
    if (outcome === 'refused') {
      expect(() => nextOrderStatus(status, move)).toThrow(OrderMoveRefusedError);
      return;
    }
    expect(nextOrderStatus(status, move)).toBe(outcome === 'ignored' ? undefined : outcome);
  });

  it('when a move is refused, then the error is a 400 that names the state and the move', () => {
    const error = new OrderMoveRefusedError(Complete, 'cancel');
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ statusCode: 400, status: Complete, move: 'cancel' });
    expect(error.serializeErrors()).toEqual([{ message: 'The order is complete and cannot change' }]);
  });
});
