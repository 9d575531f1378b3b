import { nextPaymentStatus, paymentEvents, PaymentStatus, type PaymentEvent } from '../payment-state';

const { Open, Pending, Succeeded, Failed, Rejected, Refunding, Refunded } = PaymentStatus;

/** The transitions that change something, written out on purpose; every other pair is ignored. */
const expected: [PaymentStatus, PaymentEvent, PaymentStatus][] = [
  [Open, 'succeed', Succeeded],
  [Open, 'decline', Open],
  [Open, 'fail', Failed],
  [Open, 'reject', Rejected],
  [Open, 'owe-refund', Pending],
  [Pending, 'succeed', Succeeded],
  [Pending, 'fail', Failed],
  [Pending, 'reject', Rejected],
  [Succeeded, 'owe-refund', Refunding],
  [Succeeded, 'refund', Refunded],
  [Refunding, 'refund', Refunded],
];
const pairs = Object.values(PaymentStatus).flatMap((status) =>
  paymentEvents.map((event): [PaymentStatus, PaymentEvent] => [status, event]),
);

describe('the states of a payment', () => {
  it.each(pairs)('when a payment is %s and the event is %s, then it changes as written', (status, event) => {
    const next = expected.find(([from, by]) => from === status && by === event)?.[2];
    expect(nextPaymentStatus(status, event)).toBe(next);
  });

  it('when the pairs are counted, then there are forty-two', () => {
    expect(pairs).toHaveLength(42);
  });
});
