import { change, idOf, load, logger } from '@ticketing/common';
import { Types } from 'mongoose';
import { Payment, PaymentStatus } from '../../models/payment';
import { StripeEvent } from '../../models/stripe-event';
import { addCharge, addRefund, atStripe, cancelIntent, confirmIntent } from '../../test/fake-stripe';
import { newId, published, stockIntent, stockOrder, stockPending, stripeError } from '../../test/fixtures';
import { reconcile, type ReconcileOptions, type ReconcileReport } from '../reconcile';
import { openFindings, reportText } from '../reconcile-report';
import * as charges from '../sync-charge';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const now = () => Math.floor(Date.now() / 1_000);

/** As if all that is at Stripe and here had happened so many seconds ago. */
const age = async (seconds = HOUR) => {
  for (const one of [...atStripe.charges, ...atStripe.intents]) one.created = now() - seconds;
  await Payment.collection.updateMany({}, { $set: { createdAt: new Date(Date.now() - seconds * 1_000) } });
};
const run = (options: Partial<ReconcileOptions> = {}) => reconcile({ days: 3, ...options });
const messagesOf = ({ repaired, remaining }: ReconcileReport) => ({
  repaired: repaired.map(({ message }) => message),
  remaining: remaining.map(({ message }) => message),
});
const read = (id: string) => Payment.findById(id).lean();
const versionOf = async (id: string) => (await load(Payment, { id })).version;
const plant = (id: string, fields: object) =>
  Payment.collection.updateOne({ _id: new Types.ObjectId(id) }, { $set: fields });

/** A payment that is charged at Stripe and recorded. */
const paid = async () => {
  const payment = await stockPending((await stockOrder()).id);
  const id = idOf(payment);
  const { amount, orderId } = payment;
  const charge = addCharge({ amount, metadata: { orderId, paymentId: id } });
  await change(Payment, { id }, (current) => current.succeed(charge.id));
  return { id, charge };
};

beforeEach(() => {
  for (const all of Object.values(atStripe)) all.length = 0;
});

describe('when Stripe and the payments agree', () => {
  it('then nothing is found, and nothing written', async () => {
    const { id } = await paid();
    const open = await stockIntent((await stockOrder()).id);
    await age();
    const versions = async () => [await versionOf(id), await versionOf(idOf(open))];
    const before = await versions();
    const report = await run();
    expect(messagesOf(report)).toEqual({ repaired: [], remaining: [] });
    expect(report.compared).toEqual({ charges: 1, intents: 1, refunds: 0, disputes: 0, payments: 2 });
    expect(openFindings(report)).toBe(0);
    expect(await versions()).toEqual(before);
  });

  it('then what is younger than a minute is left out: it is still under way', async () => {
    const order = await stockOrder();
    const payment = await stockPending(order.id);
    addCharge({ amount: 2000, metadata: { orderId: order.id, paymentId: idOf(payment) } });
    expect(messagesOf(await run())).toEqual({ repaired: [], remaining: [] });
    expect(messagesOf(await run({ minAgeSeconds: 0 })).repaired).toEqual(['charged, recorded as pending']);
  });
});

describe('when it is certain what to do', () => {
  it('then a charge without a recorded outcome is recorded', async () => {
    const order = await stockOrder();
    const payment = await stockPending(order.id);
    const charge = addCharge({ amount: 2000, metadata: { orderId: order.id, paymentId: idOf(payment) } });
    await age();
    expect(messagesOf(await run())).toEqual({ repaired: ['charged, recorded as pending'], remaining: [] });
    expect(await read(idOf(payment))).toMatchObject({ status: PaymentStatus.Succeeded, stripeId: charge.id });
    expect(published().map(({ subject }) => subject)).toContain('payment:created');
  });

  it('then an intent that was paid, or cancelled, is recorded', async () => {
    const one = await stockIntent((await stockOrder()).id);
    const other = await stockIntent((await stockOrder()).id);
    confirmIntent(one.intentId);
    cancelIntent(other.intentId);
    await age();
    expect(messagesOf(await run())).toEqual({
      repaired: ['canceled, recorded as open', 'succeeded, recorded as open'],
      remaining: [],
    });
    expect(await read(idOf(one))).toMatchObject({ status: PaymentStatus.Succeeded });
    expect(await read(idOf(other))).toMatchObject({ status: PaymentStatus.Rejected });
  });

  it('then refunds, whole and in part, are recorded', async () => {
    const [whole, part] = [await paid(), await paid()];
    addRefund(whole.charge.id);
    addRefund(part.charge.id, 500);
    await age();
    expect(messagesOf(await run())).toEqual({
      repaired: ['500 refunded, 0 recorded, as succeeded', '2000 refunded, 0 recorded, as succeeded'],
      remaining: [],
    });
    expect(await read(whole.id)).toMatchObject({ status: PaymentStatus.Refunded });
    expect(await read(part.id)).toMatchObject({ status: PaymentStatus.Succeeded, amountRefunded: 500 });
  });

  it('then a refund of a charge that is older than the days is recorded as well', async () => {
    const { id, charge } = await paid();
    await age(20 * DAY);
    Object.assign(addRefund(charge.id), { created: now() - HOUR });
    const report = await run();
    expect(messagesOf(report).repaired).toEqual(['2000 refunded, 0 recorded, as succeeded']);
    expect(await read(id)).toMatchObject({ status: PaymentStatus.Refunded });
  });

  it('then a dispute is recorded, and so is its end', async () => {
    const { id, charge } = await paid();
    charge.disputed = true;
    const dispute = { id: 'du_1', charge: charge.id, status: 'needs_response', reason: 'fraudulent' };
    atStripe.disputes.push(dispute);
    await age();
    expect(messagesOf(await run())).toEqual({ repaired: ['disputed, not recorded'], remaining: [] });
    expect(await read(id)).toMatchObject({ dispute: { status: 'needs_response' } });
    dispute.status = 'lost';
    expect(messagesOf(await run())).toEqual({
      repaired: ['lost, recorded as needs_response'],
      remaining: [],
    });
    expect(await read(id)).toMatchObject({ dispute: { status: 'lost' } });
  });

  it('then a dry run only says so', async () => {
    const { id, charge } = await paid();
    addRefund(charge.id);
    await age();
    const report = await run({ isRepairing: false });
    expect(messagesOf(report)).toEqual({
      repaired: [],
      remaining: ['2000 refunded, 0 recorded, as succeeded'],
    });
    expect(await read(id)).toMatchObject({ status: PaymentStatus.Succeeded });
  });

  it('then one that cannot be repaired remains, and the others are repaired', async () => {
    const warn = jest.spyOn(logger, 'warn').mockImplementation();
    const [one, other] = [await paid(), await paid()];
    addRefund(one.charge.id);
    addRefund(other.charge.id);
    await age();
    const sync = jest.spyOn(charges, 'syncCharge').mockRejectedValueOnce(new Error('no database'));
    const report = await run();
    expect(report.repaired).toHaveLength(1);
    expect(report.remaining).toHaveLength(1);
    expect(warn).toHaveBeenCalledTimes(1);
    sync.mockRestore();
    warn.mockRestore();
  });
});

describe('when a person has to decide', () => {
  afterEach(() => expect(published().filter(({ subject }) => subject === 'payment:refunded')).toEqual([]));

  it('then a charge that no payment here has is told, until the money is back', async () => {
    const charge = addCharge({ amount: 1234, metadata: { paymentId: newId() } });
    await age();
    expect(await run()).toMatchObject({
      repaired: [],
      remaining: [{ subject: charge.id, message: expect.stringContaining('1234 usd charged, unknown here') }],
    });
    addRefund(charge.id);
    expect(messagesOf(await run()).remaining).toEqual([]);
  });

  it('then a payment whose charge or intent Stripe does not know is told', async () => {
    const { id } = await paid();
    atStripe.charges.length = 0;
    const open = await stockIntent((await stockOrder()).id);
    atStripe.intents.length = 0;
    await age();
    expect((await run()).remaining).toEqual([
      expect.objectContaining({ paymentId: id, message: 'recorded as succeeded, unknown at Stripe' }),
      expect.objectContaining({ paymentId: idOf(open), message: 'recorded as open, unknown at Stripe' }),
    ]);
  });

  it('then a different amount is told', async () => {
    const { id } = await paid();
    await plant(id, { amount: 1999 });
    await age();
    expect(messagesOf(await run()).remaining).toEqual(['2000 usd charged, 1999 usd recorded']);
  });

  it('then a second charge for one payment is told', async () => {
    const { id, charge } = await paid();
    addCharge({ amount: 2000, metadata: { paymentId: id } });
    await age();
    expect(messagesOf(await run()).remaining).toEqual([`charged besides ${charge.id} for the same payment`]);
  });

  it.each([PaymentStatus.Rejected, PaymentStatus.Failed])(
    'then a charge whose payment is %s is told',
    async (status) => {
      const { id } = await paid();
      await Payment.collection.updateOne({}, { $set: { status }, $unset: { stripeId: 1 } });
      await age();
      expect(await run()).toMatchObject({
        remaining: [{ paymentId: id, message: `charged, but the payment is ${status}` }],
      });
    },
  );

  it('then a refund that is recorded and was not made is told, and one that failed at the bank', async () => {
    const [recorded, failed] = [await paid(), await paid()];
    await plant(recorded.id, { status: PaymentStatus.Refunded, stripeRefundId: 're_none' });
    atStripe.refunds.push(
      Object.assign({ id: 're_failed', charge: failed.charge.id, amount: 2000 }, { status: 'failed' }),
    );
    await age();
    expect(messagesOf(await run()).remaining).toEqual([
      '0 refunded, but 2000 recorded',
      'the refund failed: the money is still here',
    ]);
  });

  it('then an intent that can still be paid for a payment that has ended is told', async () => {
    const payment = await stockIntent((await stockOrder()).id);
    await plant(idOf(payment), { status: PaymentStatus.Failed });
    await age();
    expect(messagesOf(await run()).remaining).toEqual(['can still be paid, but the payment is failed']);
  });

  it('then what was given up is listed', async () => {
    const { id } = await paid();
    await plant(id, { needsAttention: true });
    await StripeEvent.collection.insertOne({ eventId: 'evt_1', needsAttention: true });
    await age();
    const report = await run();
    expect(report.attention).toEqual({ payments: [id], events: ['evt_1'] });
    expect(openFindings(report)).toBe(2);
    expect(report.retried).toEqual([]);
  });

  it('then what was given up is tried again where a person asks for it, and not before', async () => {
    const { id } = await paid();
    await plant(id, { status: PaymentStatus.Refunding, needsAttention: true, tries: 12 });
    await age();
    const report = await reconcile({ days: 3, minAgeSeconds: 0, isRetrying: true });
    expect(report).toMatchObject({ retried: [id], attention: { payments: [] } });
    const payment = await Payment.findById(id);
    expect(payment).toMatchObject({ needsAttention: undefined, tries: undefined, status: 'refunding' });
    expect(payment!.nextTryAt!.getTime()).toBeLessThan(Date.now() + 60_000);
    expect(reportText(report)).toContain(`again     payment ${id} is tried again`);
  });
});

describe('when Stripe cannot be asked', () => {
  it('then nothing is said of the payments', async () => {
    await paid();
    await age();
    const { stripe } = jest.requireMock<{ stripe: { charges: { retrieve: jest.Mock } } }>('../../stripe');
    atStripe.charges.length = 0;
    stripe.charges.retrieve.mockRejectedValueOnce(stripeError('StripeConnectionError', 500, 'no network'));
    await expect(run()).rejects.toThrow('no network');
  });
});

describe('when the report is read', () => {
  const report: ReconcileReport = {
    since: new Date('2026-01-01T00:00:00Z'),
    compared: { charges: 1, intents: 2, refunds: 0, disputes: 0, payments: 3 },
    repaired: [],
    remaining: [],
    retried: [],
    attention: { payments: [], events: [] },
  };
  const first =
    'Since 2026-01-01T00:00:00.000Z: 1 charge, 2 intents, 0 refunds, 0 disputes at Stripe, 3 payments here.';

  it('then agreement is one line more', () => {
    expect(reportText(report)).toBe(`${first}\nStripe and the payments agree.`);
  });

  it('then each finding has a line with the ids', () => {
    const repaired = [
      { subject: 'ch_1', paymentId: 'p1', message: 'charged, recorded as open', isCertain: true },
    ];
    const remaining = [{ subject: 'ch_2', message: '5 usd charged, unknown here', isCertain: false }];
    expect(
      reportText({ ...report, repaired, remaining, attention: { payments: ['p2'], events: [] } }).split('\n'),
    ).toEqual([
      first,
      '  repaired  ch_1 (payment p1): charged, recorded as open',
      '  differs   ch_2: 5 usd charged, unknown here',
      '  attention payment p2 was given up after many tries',
      '2 findings to look at.',
    ]);
  });
});
