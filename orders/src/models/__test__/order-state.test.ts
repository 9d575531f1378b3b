import { BadRequestError, OrderStatus, TransitionRefusedError } from '@ticketing/common';
import { nextOrderStatus, orderEvents, type OrderEvent } from '../order-state';

const { Created, AwaitingPayment, Complete, Cancelled } = OrderStatus;

/** Written out on purpose: the table is the business, and a change of it must be made twice. */
const expected: [OrderStatus, OrderEvent, OrderStatus | 'ignored' | 'refused'][] = [
  [Created, 'await-payment', AwaitingPayment],
  [Created, 'complete', 'refused'],
  [Created, 'cancel', Cancelled],
  [Created, 'refund', 'refused'],
  [AwaitingPayment, 'await-payment', 'ignored'],
  [AwaitingPayment, 'complete', Complete],
  [AwaitingPayment, 'cancel', Cancelled],
  [AwaitingPayment, 'refund', 'refused'],
  [Complete, 'await-payment', 'ignored'],
  [Complete, 'complete', 'ignored'],
  [Complete, 'cancel', 'refused'],
  [Complete, 'refund', Cancelled],
  [Cancelled, 'await-payment', 'ignored'],
  [Cancelled, 'complete', 'ignored'],
  [Cancelled, 'cancel', 'ignored'],
  [Cancelled, 'refund', 'ignored'],
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

  it('when the cases below are counted, then every state meets every event', () => {
    const pairs = Object.values(OrderStatus).flatMap((status) =>
      orderEvents.map((event) => `${status} × ${event}`),
    );
    expect(expected.map(([status, event]) => `${status} × ${event}`).sort()).toEqual(pairs.sort());
  });

  it.each(expected)('when an order is %s and the event is %s, then %s', (status, event, outcome) => {
    if (outcome === 'refused') {
      expect(() => nextOrderStatus(status, event)).toThrow(TransitionRefusedError);
      return;
    }
    expect(nextOrderStatus(status, event)).toBe(outcome === 'ignored' ? undefined : outcome);
  });

  it('when a transition is refused, then the error is a 400 that names the state and the event', () => {
    const refusal = () => nextOrderStatus(Complete, 'cancel');
    expect(refusal).toThrow(BadRequestError);
    expect(refusal).toThrow('The order is complete and cannot change');
    expect(refusal).toThrow(expect.objectContaining({ statusCode: 400, state: Complete, event: 'cancel' }));
  });
});
