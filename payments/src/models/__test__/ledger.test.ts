import { change, idOf, insert } from '@ticketing/common';
import { newId } from '../../test/fixtures';
import { balancesFor, balancesOf, keepBooks, saleOf, type Bookable, type LedgerEntry } from '../ledger';
import { Payment, PaymentStatus, type PaymentEntity } from '../payment';

const AMOUNT = 2_000;
const FEE = 130;
const terms = () => ({ orderId: newId(), amount: AMOUNT, sellerId: 'ann', fee: FEE });

const dispute = (status: string) => ({ id: 'dp_1', status, reason: 'fraudulent' });
const aftermath = (amountRefunded: number, status?: string) => ({
  amountRefunded,
  refundId: amountRefunded > 0 ? 're_1' : undefined,
  dispute: status === undefined ? undefined : dispute(status),
});

/** All that can happen to a payment, in any order. */
const events: Record<string, (payment: PaymentEntity) => void> = {
  charged: (payment) => payment.succeed('ch_1'),
  declined: (payment) => payment.fail('declined', 2),
  rejected: (payment) => payment.reject('No such token'),
  cancelled: (payment) => payment.oweRefund(),
  refunded: (payment) => payment.refund('re_1'),
  'refunded in part': (payment) => payment.observe(aftermath(500)),
  'refunded but for the fee': (payment) => payment.observe(aftermath(1_950)),
  'refunded at Stripe': (payment) => payment.observe(aftermath(AMOUNT)),
  'asked about': (payment) => payment.observe(aftermath(0, 'warning_needs_response')),
  disputed: (payment) => payment.observe(aftermath(0, 'needs_response')),
  won: (payment) => payment.observe(aftermath(0, 'won')),
  lost: (payment) => payment.observe(aftermath(0, 'lost')),
};

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** What is wrong with a payment's books. */
const problemsOf = (payment: Bookable, before: readonly LedgerEntry[]): string[] => {
  const entries = payment.entries ?? [];
  const postings = new Map<number, number>();
  for (const { posting, debit = 0, credit = 0 } of entries)
    postings.set(posting, (postings.get(posting) ?? 0) + debit - credit);
  const isUnbalanced = [...postings.values()].some((balance) => balance !== 0);
  const isOdd = entries.some(
    ({ debit, credit }) =>
      (debit === undefined) === (credit === undefined) ||
      !Number.isSafeInteger(debit ?? credit) ||
      (debit ?? credit ?? 0) <= 0,
  );
  const balances = balancesOf(entries);
  const wanted = balancesFor(payment);
  const accounts = [...new Set([...Object.keys(balances), ...Object.keys(wanted)])];
  const { net, fee, status } = saleOf(payment);
  const isCharged = sum(Object.values(wanted).map(Math.abs)) > 0;
  const sellers = -(balances['seller:ann'] ?? 0) - (balances['held:ann'] ?? 0);
  return [
    ...(isUnbalanced ? ['a posting does not balance'] : []),
    ...(isOdd ? ['a line has no amount, or both'] : []),
    ...(before.some((entry, n) => entries[n] !== entry) ? ['an entry has changed'] : []),
    ...accounts
      .filter((account) => (balances[account] ?? 0) !== (wanted[account] ?? 0))
      .map((account) => `${account} has ${balances[account]}, not ${wanted[account]}`),
    ...(isCharged && sellers !== net ? [`the seller has ${sellers}, the sale says ${net}`] : []),
    ...(isCharged && -(balances.fees ?? 0) !== fee
      ? [`the fee is ${balances.fees}, the sale says ${fee}`]
      : []),
    ...((status === 'refunded' || status === 'lost') && net + fee > 0 ? ['an undone sale brings money'] : []),
  ];
};

it('when anything happens to a payment in any order, then each posting balances, and the accounts are what its state demands', () => {
  const wrong: string[] = [];
  const names = Object.keys(events);
  let sequences = 0;
  const go = (payment: PaymentEntity, path: readonly string[]) => {
    sequences += 1;
    if (path.length === 4) return;
    for (const name of names) {
      const next = Object.assign(
        Object.create(Object.getPrototypeOf(payment) as object) as PaymentEntity,
        payment,
        {
          outbox: [],
        },
      );
      const before = next.entries ?? [];
      events[name]!(next);
      keepBooks(next);
      const steps = [...path, name];
      wrong.push(...problemsOf(next, before).map((problem) => `${steps.join(', ')}: ${problem}`));
      go(next, steps);
    }
  };
  go(Payment.open({ ...terms(), token: 'tok_visa' }), []);
  expect(sequences).toBe(1 + 12 + 12 ** 2 + 12 ** 3 + 12 ** 4);
  expect(wrong.slice(0, 10)).toEqual([]);
});

const after = async (...names: string[]) => {
  const payment = await insert(Payment, Payment.open({ ...terms(), token: 'tok_visa' }));
  for (const name of names) await change(Payment, { id: idOf(payment) }, events[name]!);
  return Payment.findById(payment._id).orFail();
};

it.each([
  [['charged'], 'owed', { stripe: 2_000, 'seller:ann': -1_870, fees: -130 }],
  [['charged', 'disputed'], 'on-hold', { disputes: 2_000, 'held:ann': -1_870, fees: -130 }],
  [['charged', 'asked about'], 'owed', { stripe: 2_000, 'seller:ann': -1_870, fees: -130 }],
  [['charged', 'disputed', 'won'], 'owed', { stripe: 2_000, 'seller:ann': -1_870, fees: -130 }],
  [['charged', 'disputed', 'lost'], 'lost', {}],
  [['charged', 'cancelled'], 'refunded', { stripe: 2_000, buyer: -2_000 }],
  [['cancelled', 'charged'], 'refunded', { stripe: 2_000, buyer: -2_000 }],
  [['charged', 'cancelled', 'refunded'], 'refunded', {}],
  [['charged', 'refunded at Stripe'], 'refunded', {}],
  [['charged', 'refunded in part'], 'owed', { stripe: 1_500, 'seller:ann': -1_370, fees: -130 }],
  [['charged', 'refunded but for the fee'], 'owed', { stripe: 50, 'seller:ann': 0, fees: -50 }],
])(
  'when a payment is %j, then the sale is %s, and the database has the accounts',
  async (names, status, expected) => {
    const payment = await after(...names);
    expect(saleOf(payment).status).toBe(status);
    const balances = balancesOf(payment.entries);
    expect(Object.fromEntries(Object.entries(balances).filter(([, value]) => value !== 0))).toEqual(
      Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== 0)),
    );
  },
);

it('when a payment is not charged, then it has no entries', async () => {
  expect((await after('declined')).entries ?? []).toHaveLength(0);
});

it('when a payment was charged before there was a ledger, then its next change posts all of it', async () => {
  const payment = await after('charged');
  await Payment.collection.updateOne({ _id: payment._id }, { $unset: { entries: 1 }, $inc: { version: 1 } });
  await change(Payment, { id: payment.id as string }, events.disputed!);
  const { entries } = await Payment.findById(payment._id).orFail();
  expect(balancesOf(entries)).toEqual({ disputes: 2_000, 'held:ann': -1_870, fees: -130 });
});

it('when a payment is shown to its buyer, then neither the seller nor the ledger is', async () => {
  const json = (await after('charged')).toJSON();
  for (const name of ['sellerId', 'ticketId', 'fee', 'entries']) expect(json).not.toHaveProperty(name);
});

it('when the state of a payment is refunding, then what is given back belongs to the buyer until Stripe has it', () => {
  const payment: Bookable = { status: PaymentStatus.Refunding, amount: 100, amountRefunded: 40, fee: 5 };
  expect(balancesFor(payment)).toEqual({ stripe: 60, buyer: -60 });
});
