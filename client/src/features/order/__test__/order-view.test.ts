import { anOrder, aPayment } from '@/test/samples';
import { isSettled, orderView } from '../order-view';

const kind = (...state: Parameters<typeof orderView>) => orderView(...state).kind;

const aDispute = (status: string) => ({ id: 'dp_1', status, reason: 'fraudulent' });

describe('when an order is shown', () => {
  test.each([
    ['open', anOrder(), []],
    ['open', anOrder({ status: 'awaiting:payment' }), [aPayment({ status: 'rejected' })]],
    ['open', anOrder({ status: 'awaiting:payment' }), [aPayment({ status: 'open' })]],
    ['paying', anOrder(), [aPayment({ status: 'pending' })]],
    ['paying', anOrder({ status: 'awaiting:payment' }), []],
    ['paying', anOrder({ status: 'awaiting:payment' }), [aPayment()]],
    ['complete', anOrder({ status: 'complete' }), [aPayment()]],
    ['complete', anOrder({ status: 'complete' }), [aPayment({ amountRefunded: 500 })]],
    ['complete', anOrder({ status: 'complete' }), [aPayment(), aPayment({ status: 'refunded' })]],
    ['complete', anOrder({ status: 'complete' }), [aPayment({ dispute: aDispute('won') })]],
    ['disputed', anOrder({ status: 'complete' }), [aPayment({ dispute: aDispute('needs_response') })]],
    ['charged-back', anOrder({ status: 'complete' }), [aPayment({ dispute: aDispute('lost') })]],
    ['refunding', anOrder({ status: 'complete' }), [aPayment({ status: 'refunding' })]],
    ['expired', anOrder({ status: 'cancelled', reason: 'expired' }), [aPayment({ status: 'open' })]],
    ['declined', anOrder({ status: 'awaiting:payment' }), [aPayment({ status: 'failed' })]],
    ['open', anOrder({ status: 'awaiting:payment' }), [aPayment({ status: 'failed', attemptsLeft: 2 })]],
    [
      'paying',
      anOrder({ status: 'awaiting:payment' }),
      [aPayment({ status: 'failed', attemptsLeft: 2 }), aPayment({ status: 'pending' })],
    ],
    ['paying', anOrder({ status: 'cancelled', reason: 'expired' }), [aPayment({ status: 'pending' })]],
    ['paying', anOrder({ status: 'cancelled', reason: 'buyer' }), [aPayment({ status: 'pending' })]],
    [
      'expired',
      anOrder({ status: 'cancelled', reason: 'expired' }),
      [aPayment({ status: 'failed', attemptsLeft: 2 })],
    ],
    ['declined', anOrder({ status: 'cancelled', reason: 'payment-failed' }), []],
    ['expired', anOrder({ status: 'cancelled', reason: 'expired' }), []],
    ['cancelled', anOrder({ status: 'cancelled', reason: 'buyer' }), []],
    ['withdrawn', anOrder({ status: 'cancelled', reason: 'withdrawn' }), []],
    ['refunding', anOrder({ status: 'cancelled', reason: 'expired' }), [aPayment()]],
    ['refunding', anOrder({ status: 'cancelled', reason: 'expired' }), [aPayment({ status: 'refunding' })]],
    ['refunded', anOrder({ status: 'cancelled', reason: 'buyer' }), [aPayment({ status: 'refunded' })]],
    ['refunding', anOrder({ status: 'cancelled', reason: 'refunded' }), [aPayment()]],
    ['refunded', anOrder({ status: 'cancelled', reason: 'refunded' }), []],
  ] as const)('then it is %s', (expected, order, payments) => {
    expect(kind(order, payments)).toBe(expected);
  });

  test('then the bank’s reason is included', () => {
    const failed = aPayment({ status: 'failed', message: 'Your card has insufficient funds.' });
    expect(orderView(anOrder({ status: 'cancelled', reason: 'payment-failed' }), [failed])).toEqual({
      kind: 'declined',
      reason: 'Your card has insufficient funds.',
    });
  });

  test('then a card that was declined is told from a payment that was not finished', () => {
    const order = anOrder({ status: 'awaiting:payment' });
    const declined = aPayment({ status: 'open', message: 'Your card was declined.', attemptsLeft: 1 });
    expect(orderView(order, [declined])).toEqual({ kind: 'open', declined });
    const unfinished = aPayment({ status: 'open' });
    expect(orderView(order, [aPayment({ status: 'failed', attemptsLeft: 2 }), unfinished])).toEqual({
      kind: 'open',
      unfinished,
    });
  });

  test('then it is followed until nothing can change', () => {
    const order = anOrder({ status: 'cancelled' });
    const [before, after] = [0, 61_000].map((passed) => Date.parse(order.expiresAt) + passed) as [
      number,
      number,
    ];
    expect(isSettled(anOrder({ status: 'complete' }), [aPayment()], before)).toBe(true);
    expect(isSettled(anOrder({ status: 'complete' }), [], before)).toBe(false);
    expect(isSettled(order, [], before)).toBe(false);
    expect(isSettled(order, [aPayment({ status: 'refunded' })], before)).toBe(true);
    expect(isSettled(order, [], after)).toBe(true);
    expect(isSettled(order, [aPayment({ status: 'pending' })], after)).toBe(false);
    expect(isSettled(order, [aPayment({ status: 'open' })], after)).toBe(false);
    expect(isSettled(anOrder(), [], after)).toBe(false);
    const refunded = anOrder({ status: 'cancelled', reason: 'refunded' });
    expect(isSettled(refunded, [], after)).toBe(false);
    expect(isSettled(refunded, [aPayment({ status: 'refunding' })], after)).toBe(false);
    expect(isSettled(refunded, [aPayment({ status: 'refunded' })], after)).toBe(true);
  });
});
