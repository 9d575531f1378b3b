import { readFileSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { app } from '../../app';
import { HANDLED_TYPES } from '../../commands/receive-stripe-event';
import { StripeEvent } from '../../models/stripe-event';
import { eventOf, signed } from '../../test/stripe-events';

const intent = { id: 'pi_1', object: 'payment_intent' };
const SIGNATURE = 'The signature is not one of Stripe’s for this body';

const send = ({ body, signature }: { body: string; signature?: string }) => {
  const sending = request(app).post('/api/payments/webhook').type('json');
  return (signature === undefined ? sending : sending.set('Stripe-Signature', signature)).send(body);
};

describe('when Stripe sends an event', () => {
  it('then it is stored to be handled, and answered without waiting for that', async () => {
    const event = eventOf('payment_intent.succeeded', intent);
    await send(signed(event)).expect(200, { received: true });

    const [stored, ...more] = await StripeEvent.find();
    expect(more).toEqual([]);
    expect(stored).toMatchObject({
      eventId: event.id,
      type: 'payment_intent.succeeded',
      objectId: 'pi_1',
      occurredAt: new Date(event.created * 1_000),
      tries: 0,
      nextTryAt: expect.any(Date),
    });
    expect(stored?.handledAt).toBeUndefined();
  });

  it('then one that comes several times, at once too, is stored once and always accepted', async () => {
    const message = signed(eventOf('payment_intent.succeeded', intent));
    await Promise.all(Array.from({ length: 10 }, () => send(message).expect(200, { received: true })));
    await send(message).expect(200, { received: true });
    expect(await StripeEvent.countDocuments()).toBe(1);
  });

  it.each([
    ['charge.refunded', { id: 'ch_1' }, 'ch_1'],
    ['charge.dispute.created', { id: 'du_1', charge: 'ch_2' }, 'ch_2'],
    ['charge.dispute.closed', { id: 'du_1', charge: { id: 'ch_2', object: 'charge' } }, 'ch_2'],
    ['refund.failed', { id: 're_1', charge: 'ch_3' }, 'ch_3'],
    ['payment_intent.canceled', { id: 'pi_2' }, 'pi_2'],
  ])('then of %s the object that it is about is kept', async (type, object, objectId) => {
    await send(signed(eventOf(type, object))).expect(200);
    expect(await StripeEvent.find()).toMatchObject([{ type, objectId }]);
  });

  it('then one of a type that changes nothing here is accepted and left out', async () => {
    await send(signed(eventOf('customer.created', { id: 'cus_1' }))).expect(200, { received: true });
    await send(signed(eventOf('toString', { id: 'cus_1' }))).expect(200, { received: true });
    await send(signed(eventOf('refund.created', { id: 're_1', charge: null }))).expect(200, {
      received: true,
    });
    expect(await StripeEvent.countDocuments()).toBe(0);
  });

  it('then one without what its type says is refused, not forgotten', async () => {
    const message = signed(eventOf('charge.refunded', { object: 'charge' }));
    const { body } = await send(message).expect(400);
    expect(body).toEqual({
      errors: [{ message: 'The object of this charge.refunded is not one of Stripe’s' }],
    });
  });

  it('then an event outlives thirty days by the database’s own clean-up', async () => {
    const indexes = await StripeEvent.collection.indexes();
    const expiring = indexes.find(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
    expect(expiring).toMatchObject({ key: { receivedAt: 1 }, expireAfterSeconds: 30 * 24 * 3_600 });
  });
});

describe('when what is sent is not Stripe’s', () => {
  const event = eventOf('payment_intent.succeeded', intent);
  afterEach(async () => {
    expect(await StripeEvent.countDocuments()).toBe(0);
  });

  it.each([
    ['another secret', signed(event, { secret: 'whsec_0000000000000000' })],
    ['no signature', { body: signed(event).body }],
    ['a signature that is none', { body: signed(event).body, signature: 't=1,v1=00' }],
    ['a signature of six minutes ago', signed(event, { ageSeconds: 360 })],
    ['a signature of another body', { ...signed(event), body: JSON.stringify(event) }],
    ['no body', { body: '', signature: signed('').signature }],
    ['a signed body that is no JSON', signed('{')],
  ])('then %s is 400 and stores nothing', async (_what, message) => {
    await send(message).expect(400, { errors: [{ message: SIGNATURE }] });
  });

  it('then a request that announces no body is 400', async () => {
    await request(app).post('/api/payments/webhook').unset('Content-Length').expect(400);
  });

  it('then another method is 404', async () => {
    await request(app).get('/api/payments/webhook').expect(404);
  });
});

it('when an endpoint is made at Stripe, then the types that docs/operations.md names are those that are handled', () => {
  const text = readFileSync(path.join(__dirname, '../../../../docs/operations.md'), 'utf8');
  const [, block = ''] = /```text\n(payment_intent\.[^`]*)```/.exec(text) ?? [];
  expect(block.trim().split('\n')).toEqual(HANDLED_TYPES);
});
