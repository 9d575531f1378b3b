import { idOf } from '@ticketing/common';
import { Payment, type PaymentEntity } from '../../models/payment';
import { addCharge, addRefund, atStripe, confirmIntent } from '../../test/fake-stripe';
import { published, stockIntent, stockOrder, stockPending } from '../../test/fixtures';
import { settlePayment } from '../settle-payment';
import { syncCharge } from '../sync-charge';
import { refundOrder } from '../refund-order';

const reload = (payment: PaymentEntity) => Payment.findById(idOf(payment)).orFail();
const refundsPublished = () => published().filter(({ subject }) => subject === 'payment:refunded');

/** A payment that has succeeded, and its charge's id. */
const stockPaid = async () => {
  const order = await stockOrder();
  const payment = await settlePayment(await stockPending(order.id));
  return { order, payment, chargeId: payment.stripeId! };
};

describe('when a charge is refunded in Stripe’s dashboard', () => {
  it('then a part is noted, and the payment stays', async () => {
    const { payment, chargeId } = await stockPaid();
    addRefund(chargeId, 500);
    await syncCharge(chargeId);
    expect(await reload(payment)).toMatchObject({ status: 'succeeded', amountRefunded: 500 });
    expect(refundsPublished()).toEqual([]);
  });

  it('then all of it is published, once', async () => {
    const { payment, chargeId } = await stockPaid();
    addRefund(chargeId, 500);
    const { id } = addRefund(chargeId);
    await Promise.all([syncCharge(chargeId), syncCharge(chargeId)]);
    expect(await reload(payment)).toMatchObject({
      status: 'refunded',
      stripeRefundId: id,
      amountRefunded: 2000,
    });
    expect(refundsPublished()).toMatchObject([{ id: idOf(payment), stripeRefundId: id }]);
  });

  it('then the refund that a cancelled order is owed is that one', async () => {
    const { order, payment, chargeId } = await stockPaid();
    const { id } = addRefund(chargeId);
    await refundOrder(order.id);
    expect(await reload(payment)).toMatchObject({ status: 'refunded', stripeRefundId: id });
    expect(atStripe.refunds.filter(({ charge }) => charge === chargeId)).toHaveLength(1);
  });
});

describe('when a charge is disputed', () => {
  const dispute = (charge: string, status: string) => {
    atStripe.disputes.unshift({ id: `du_${charge}`, charge, status, reason: 'fraudulent' });
    atStripe.charges.find(({ id }) => id === charge)!.disputed = true;
  };

  it('then the payment is marked, and its decision is noted', async () => {
    const { payment, chargeId } = await stockPaid();
    dispute(chargeId, 'needs_response');
    await syncCharge(chargeId);
    expect((await reload(payment)).toJSON()).toMatchObject({
      status: 'succeeded',
      dispute: { id: `du_${chargeId}`, status: 'needs_response', reason: 'fraudulent' },
    });
    dispute(chargeId, 'lost');
    await syncCharge(chargeId);
    expect((await reload(payment)).dispute?.status).toBe('lost');
    // An answer that was given before comes late.
    dispute(chargeId, 'needs_response');
    await syncCharge(chargeId);
    expect((await reload(payment)).dispute?.status).toBe('lost');
  });
});

describe('when an event names a charge', () => {
  it('then one whose intent has not been heard of is recorded', async () => {
    const payment = await stockIntent((await stockOrder()).id);
    const { id } = confirmIntent(payment.intentId);
    await syncCharge(id);
    expect(await reload(payment)).toMatchObject({ status: 'succeeded', stripeId: id });
  });

  it('then a declined one changes nothing, nor does one of another shop', async () => {
    const payment = await stockIntent((await stockOrder()).id);
    await syncCharge(confirmIntent(payment.intentId, 'declined').id);
    await syncCharge(addCharge({ amount: 1 }).id);
    expect((await reload(payment)).status).toBe('open');
  });

  it('then a second charge that names the payment does not take the place of its own', async () => {
    const { payment, chargeId } = await stockPaid();
    const other = addCharge({ amount: 2000, metadata: { paymentId: idOf(payment) } });
    addRefund(other.id);
    await syncCharge(other.id);
    expect(await reload(payment)).toMatchObject({ status: 'succeeded', stripeId: chargeId });
  });
});
