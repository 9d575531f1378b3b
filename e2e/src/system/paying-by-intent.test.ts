import type { Order, PaymentIntent } from '@ticketing/common/api';
import { mapAsync, range } from 'es-toolkit';
import { sendSuccessAgain } from '../support/at-stripe';
import { answerBank, confirmIntent, openIntent } from '../support/card';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { chargesOf, intentsOf } from '../support/ledger';
import { target } from '../support/target';
import { orderCancelled, orderComplete, orderUntil, paymentsUntil, ticketAvailable } from '../support/until';

let seller: Customer;
let buyer: Customer;
let sandboxUrl: string;

beforeAll(async () => {
  const { url, sandboxUrl: sandbox } = target();
  if (!sandbox) throw new Error('This suite plays the browser to the Stripe sandbox');
  sandboxUrl = sandbox;
  seller = await Customer.signedUp(url);
  buyer = await Customer.signedUp(url);
});

const place = async (): Promise<Order> => {
  const ticket = await expectStatus(seller.sell(`Recital ${uniqueWord()}`, 19.99), 201);
  return expectStatus(buyer.buy(ticket.id), 201);
};
const begin = async (): Promise<{ order: Order; intent: PaymentIntent }> => {
  const order = await place();
  return { order, intent: await openIntent(buyer, order.id) };
};
const confirm = (intent: PaymentIntent, card?: string) => confirmIntent(sandboxUrl, intent, card);
const paymentsOf = (orderId: string) => expectStatus(buyer.payments(orderId), 200);

describe('when a buyer pays by a PaymentIntent', () => {
  it('then the order is completed by Stripe’s event alone, and its price charged once', async () => {
    const { order, intent } = await begin();
    expect(intent).toMatchObject({ amount: 1999, currency: 'usd' });
    expect((await confirm(intent)).data.status).toBe('succeeded');
    await orderComplete(buyer, order.id);
    const [charge, ...others] = await chargesOf(sandboxUrl, order.id);
    expect(others).toEqual([]);
    expect(await paymentsOf(order.id)).toEqual([
      {
        id: intent.id,
        orderId: order.id,
        amount: 1999,
        currency: 'usd',
        status: 'succeeded',
        stripeId: charge?.charge.id,
        createdAt: expect.any(String),
      },
    ]);
    await expectStatus(buyer.openIntent(order.id), 400);
    await expectStatus(buyer.pay(order.id), 400);
  });

  it('then two looks and three copies of Stripe’s event at once record one payment', async () => {
    const { order, intent } = await begin();
    await confirm(intent);
    const [first, second] = await Promise.all([
      expectStatus(buyer.refreshIntent(intent.id), 200),
      expectStatus(buyer.refreshIntent(intent.id), 200),
      sendSuccessAgain(sandboxUrl, intent, 3),
    ]);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ id: intent.id, status: 'succeeded' });
    // Created, awaiting payment, complete: each event of the payment was raised once.
    expect((await orderComplete(buyer, order.id)).version).toBe(2);
    expect(await chargesOf(sandboxUrl, order.id)).toHaveLength(1);
  });

  it('then a card whose owner has to agree is charged after that', async () => {
    const { order, intent } = await begin();
    const { data: asked } = await confirm(intent, 'pm_card_authenticationRequired');
    expect(asked.status).toBe('requires_action');
    expect(await expectStatus(buyer.refreshIntent(intent.id), 200)).toMatchObject({ status: 'open' });
    expect((await answerBank(asked, 'complete')).status).toBe(303);
    expect(await expectStatus(buyer.refreshIntent(intent.id), 200)).toMatchObject({ status: 'succeeded' });
    await orderComplete(buyer, order.id);
  });

  it('then a card whose owner does not agree costs no attempt, and another pays', async () => {
    const { order, intent } = await begin();
    const { data: asked } = await confirm(intent, 'pm_card_authenticationRequired');
    await answerBank(asked, 'fail');
    const payment = await expectStatus(buyer.refreshIntent(intent.id), 200);
    expect(payment).toMatchObject({ status: 'open', message: expect.stringMatching(/authenticate/) });
    expect(payment.attemptsLeft).toBeUndefined();
    await confirm(intent);
    await orderComplete(buyer, order.id);
  });

  it('then a declined card leaves the intent open, and another pays', async () => {
    const { order, intent } = await begin();
    expect((await confirm(intent, 'pm_card_chargeDeclined')).status).toBe(402);
    expect(await expectStatus(buyer.refreshIntent(intent.id), 200)).toMatchObject({
      status: 'open',
      message: 'Your card was declined.',
      attemptsLeft: 2,
    });
    expect(await openIntent(buyer, order.id)).toEqual(intent);
    await confirm(intent);
    await orderComplete(buyer, order.id);
    expect((await paymentsOf(order.id)).map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('then the third declined card ends the order, and nothing can be paid any more', async () => {
    const { order, intent } = await begin();
    for (let n = 0; n < 3; n += 1) await confirm(intent, 'pm_card_chargeDeclined');
    expect((await orderCancelled(buyer, order.id)).reason).toBe('payment-failed');
    await ticketAvailable(seller, order.ticket.id);
    expect(await paymentsOf(order.id)).toMatchObject([{ status: 'failed' }]);
    expect(await intentsOf(sandboxUrl, order.id)).toEqual(['canceled']);
    expect((await confirm(intent)).data.error?.code).toBe('payment_intent_unexpected_state');
  });
});

describe('when the buyer cancels the order of an open intent', () => {
  it('then the intent is cancelled at Stripe', async () => {
    const { order, intent } = await begin();
    await expectStatus(buyer.cancel(order.id), 204);
    await paymentsUntil(buyer, order.id, 'to be rejected', ([payment]) => payment?.status === 'rejected');
    expect(await intentsOf(sandboxUrl, order.id)).toEqual(['canceled']);
    expect((await confirm(intent)).status).toBe(400);
    await ticketAvailable(seller, order.ticket.id);
  });

  it('then, paid at the same moment, it is complete or its money goes back', async () => {
    await mapAsync(range(8), async () => {
      const { order, intent } = await begin();
      await Promise.all([confirm(intent), buyer.cancel(order.id)]);
      const { status } = await orderUntil(buyer, order.id, 'to end', (one) =>
        ['complete', 'cancelled'].includes(one.status),
      );
      const expected = status === 'complete' ? ['succeeded'] : ['rejected', 'refunded'];
      await paymentsUntil(buyer, order.id, 'to agree', ([one]) => expected.includes(one?.status ?? ''));
      const charges = await chargesOf(sandboxUrl, order.id);
      const kept = charges.filter(({ refunds }) => refunds.length === 0);
      expect(kept).toHaveLength(status === 'complete' ? 1 : 0);
    });
  });
});

describe('when tokens and intents are sent for one order at once', () => {
  it.each(range(1, 7))('then one of them is charged (order %i)', async () => {
    const { order, intent } = await begin();
    await mapAsync(range(13), async (n) => {
      if (n % 3 === 0) return buyer.pay(order.id);
      if (n % 3 === 1) return confirm(intent);
      const { status, data } = await buyer.openIntent(order.id);
      return status === 201 ? confirm(data) : undefined;
    });
    await orderComplete(buyer, order.id);
    await paymentsUntil(buyer, order.id, 'to have outcomes', (all) =>
      all.every(({ status }) => ['rejected', 'succeeded'].includes(status)),
    );
    expect(await chargesOf(sandboxUrl, order.id)).toHaveLength(1);
    const statuses = (await paymentsOf(order.id)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 'rejected')).toEqual(['succeeded']);
    const intents = await intentsOf(sandboxUrl, order.id);
    expect(intents.filter((status) => status !== 'canceled').length).toBeLessThanOrEqual(1);
  });
});
