import { idOf, OrderStatus } from '@ticketing/common';
import { Order } from '../../models/order';
import { Payment, type PaymentEntity } from '../../models/payment';
import { stripe } from '../../stripe';
import { addIntent, atStripe, cancelIntent, confirmIntent } from '../../test/fake-stripe';
import { published, stockIntent, stockOrder, stripeError } from '../../test/fixtures';
import { refundOrder } from '../refund-order';
import { syncIntent } from '../sync-intent';

const reload = (payment: PaymentEntity) => Payment.findById(idOf(payment)).orFail();
const publishedSubjects = () => published().map(({ subject }) => subject);
const atStripeNow = (id: string) => atStripe.intents.find((intent) => intent.id === id)?.status;
const retrieve = jest.mocked(stripe.paymentIntents.retrieve);

/** A payment by intent for an order that allows so many cards. */
const stock = async (paymentAttempts = 3) => {
  const order = await stockOrder({ paymentAttempts });
  return { order, payment: await stockIntent(order.id) };
};

describe('when a buyer has confirmed an intent', () => {
  it('then its charge is recorded and published once, however often it is synchronized', async () => {
    const { payment } = await stock();
    const charge = confirmIntent(payment.intentId);
    await Promise.all([syncIntent(payment.intentId), syncIntent(payment.intentId)]);
    await syncIntent(payment.intentId);
    expect(await reload(payment)).toMatchObject({ status: 'succeeded', stripeId: charge.id });
    expect(publishedSubjects()).toEqual(['charge:created', 'payment:created']);
  });

  it('then a card that was declined before leaves no trace in what the buyer sees', async () => {
    const { payment } = await stock();
    confirmIntent(payment.intentId, 'declined');
    await syncIntent(payment.intentId);
    confirmIntent(payment.intentId);
    await syncIntent(payment.intentId);
    const { message, attemptsLeft, status } = await reload(payment);
    expect({ message, attemptsLeft, status }).toEqual({ status: 'succeeded' });
  });

  it('then an answer of Stripe that is older than the record changes nothing', async () => {
    const { payment } = await stock();
    confirmIntent(payment.intentId, 'declined');
    const old = await stripe.paymentIntents.retrieve(payment.intentId);
    confirmIntent(payment.intentId);
    retrieve.mockImplementationOnce(async () => {
      await syncIntent(payment.intentId);
      return old;
    });
    await syncIntent(payment.intentId);
    expect((await reload(payment)).status).toBe('succeeded');
    expect(publishedSubjects()).toEqual(['charge:created', 'payment:created']);
  });
});

describe('when a card is declined', () => {
  it('then the payment stays open, and the order hears how many may still be tried', async () => {
    const { payment } = await stock();
    confirmIntent(payment.intentId, 'declined');
    await syncIntent(payment.intentId);
    await syncIntent(payment.intentId);
    expect(await reload(payment)).toMatchObject({
      status: 'open',
      message: 'Your card was declined.',
      attemptsLeft: 2,
    });
    expect(published().slice(1)).toMatchObject([{ subject: 'payment:failed', attemptsLeft: 2 }]);
  });

  it('then two that are heard of at once count as two', async () => {
    const { payment } = await stock();
    confirmIntent(payment.intentId, 'declined');
    confirmIntent(payment.intentId, 'declined');
    await syncIntent(payment.intentId);
    expect((await reload(payment)).attemptsLeft).toBe(1);
  });

  it('then one that needs its owner’s consent and does not get it costs no attempt', async () => {
    const { payment } = await stock();
    Object.assign(atStripe.intents[0]!, {
      last_payment_error: { message: 'We are unable to authenticate.' },
    });
    await syncIntent(payment.intentId);
    const { status, message, attemptsLeft } = await reload(payment);
    expect({ status, message, attemptsLeft }).toEqual({
      status: 'open',
      message: 'We are unable to authenticate.',
    });
    expect(publishedSubjects()).toEqual(['charge:created']);
  });

  it('then the last one cancels the intent at Stripe before the order hears of it', async () => {
    const { payment } = await stock(2);
    confirmIntent(payment.intentId, 'declined');
    await syncIntent(payment.intentId);
    confirmIntent(payment.intentId, 'declined');
    jest.mocked(stripe.paymentIntents.cancel).mockImplementationOnce((async (id: string) => {
      expect((await reload(payment)).status).toBe('open');
      return cancelIntent(id);
    }) as never);
    await syncIntent(payment.intentId);
    expect(atStripeNow(payment.intentId)).toBe('canceled');
    expect(await reload(payment)).toMatchObject({ status: 'failed', openOrderId: payment.orderId });
    expect(published().at(-1)).toMatchObject({ subject: 'payment:failed' });
    expect(published().at(-1)).not.toHaveProperty('attemptsLeft');
  });

  it('then the last one is it also for a process that finds the intent cancelled', async () => {
    const { payment } = await stock(1);
    confirmIntent(payment.intentId, 'declined');
    cancelIntent(payment.intentId);
    await syncIntent(payment.intentId);
    expect((await reload(payment)).status).toBe('failed');
  });

  it('then, when another card is faster than the cancellation, the payment has succeeded', async () => {
    const { payment } = await stock(1);
    confirmIntent(payment.intentId, 'declined');
    jest.mocked(stripe.paymentIntents.cancel).mockImplementationOnce((async (id: string) => {
      confirmIntent(id);
      return cancelIntent(id);
    }) as never);
    await syncIntent(payment.intentId);
    expect((await reload(payment)).status).toBe('succeeded');
    expect(publishedSubjects()).toEqual(['charge:created', 'payment:created']);
  });

  it('then those of earlier payments for the order count, too', async () => {
    const { order, payment } = await stock(3);
    await Payment.create({ orderId: order.id, status: 'failed', attemptsLeft: 2 });
    await Payment.create({ orderId: order.id, status: 'rejected', declinedCharges: ['ch_earlier'] });
    confirmIntent(payment.intentId, 'declined');
    await syncIntent(payment.intentId);
    expect((await reload(payment)).status).toBe('failed');
  });
});

describe('when the order of an open intent is cancelled', () => {
  it('then the intent is cancelled at Stripe and the payment rejected', async () => {
    const { order, payment } = await stock();
    await refundOrder(order.id);
    expect(atStripeNow(payment.intentId)).toBe('canceled');
    expect((await reload(payment)).status).toBe('rejected');
  });

  it('then what the buyer was faster to pay goes back', async () => {
    const { order, payment } = await stock();
    const charge = confirmIntent(payment.intentId);
    await refundOrder(order.id);
    expect(await reload(payment)).toMatchObject({ status: 'refunded', stripeId: charge.id });
    expect(publishedSubjects()).toEqual(['charge:created', 'payment:created', 'payment:refunded']);
  });

  it('then Stripe’s failure leaves it to be settled, and the event that comes later settles it', async () => {
    const { order, payment } = await stock();
    jest
      .mocked(stripe.paymentIntents.cancel)
      .mockRejectedValueOnce(stripeError('StripeConnectionError', 0, 'socket hang up'));
    await expect(refundOrder(order.id)).rejects.toThrow('socket hang up');
    expect(await reload(payment)).toMatchObject({ status: 'pending', refundDue: true });
    confirmIntent(payment.intentId);
    await syncIntent(payment.intentId);
    expect((await reload(payment)).status).toBe('refunded');
  });

  it('then an intent that Stripe has made and a crash has kept from being recorded is cancelled, too', async () => {
    const order = await stockOrder();
    const payment = Object.assign(await stockIntent(order.id));
    await Payment.updateOne({ _id: payment._id }, { $unset: { intentId: 1 }, $inc: { version: 1 } });
    await refundOrder(order.id);
    expect(atStripeNow(payment.intentId)).toBe('canceled');
    expect((await reload(payment)).status).toBe('rejected');
  });
});

describe('when an event names an intent', () => {
  it('then one that was not recorded is found by its metadata', async () => {
    const { payment } = await stock();
    await Payment.updateOne({ _id: payment._id }, { $unset: { intentId: 1 }, $inc: { version: 1 } });
    confirmIntent(payment.intentId);
    await syncIntent(payment.intentId);
    expect(await reload(payment)).toMatchObject({ status: 'succeeded', intentId: payment.intentId });
  });

  it('then one that is cancelled at Stripe is rejected, and the order can be paid anew', async () => {
    const { payment } = await stock();
    confirmIntent(payment.intentId, 'declined');
    cancelIntent(payment.intentId);
    await syncIntent(payment.intentId);
    expect(published().at(-1)).toMatchObject({ subject: 'payment:failed', attemptsLeft: 2 });
    const { status, openOrderId } = await reload(payment);
    expect({ status, openOrderId }).toEqual({ status: 'rejected' });
  });

  it('then one of another shop is ignored', async () => {
    const { id } = addIntent({ amount: 1, currency: 'usd', metadata: {} });
    await expect(syncIntent(id)).resolves.toBeUndefined();
  });

  it('then after the order’s cancellation a decline ends all attempts', async () => {
    const { order, payment } = await stock();
    await Order.updateOne({ _id: order._id }, { status: OrderStatus.Cancelled });
    confirmIntent(payment.intentId, 'declined');
    await syncIntent(payment.intentId);
    expect((await reload(payment)).status).toBe('failed');
    expect(atStripeNow(payment.intentId)).toBe('canceled');
  });
});
