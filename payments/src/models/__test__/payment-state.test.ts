import { nextPaymentStatus, paymentEvents, PaymentStatus, type PaymentEvent } from '../payment-state';

const { Pending, Succeeded, Failed, Rejected, Refunding, Refunded } = PaymentStatus;

/** The transitions that change something, written out on purpose; every other pair is ignored. */
const expected: [PaymentStatus, PaymentEvent, PaymentStatus][] = [
  [Pending, 'succeed', Succeeded],
  [Pending, 'fail', Failed],
  [Pending, 'reject', Rejected],
  [Succeeded, 'owe-refund', Refunding],
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

  it('when the pairs are counted, then there are thirty', () => {
    expect(pairs).toHaveLength(30);
  });
});
