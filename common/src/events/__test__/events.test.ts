import { z } from 'zod';
import { OrderStatus } from '../../events/order-status';
import { runInContext } from '../../logging/context';
import { eventMeta, eventSchemas } from '../events';
import { Subjects } from '../subjects';

const id = '6553f1f77bcf86cd79943901';
const other = '6553f1f77bcf86cd79943902';
const meta = { eventId: 'e', occurredAt: '2026-11-21T03:00:00.000Z', correlationId: 'c' };
const user = { id, version: 0, email: 'ann@example.com' };
const ticket = { id, version: 3, title: 'A concert', price: 19.99, userId: other };
const order = { id, version: 1 };

/** One message per subject as another service would send it. */
const samples: Record<Subjects, Record<string, unknown>> = {
  [Subjects.UserCreated]: user,
  [Subjects.UserUpdated]: user,
  [Subjects.SessionRevoked]: { id, version: 1, sessionId: 's', epoch: 1, until: '2026-11-28T03:00:00.000Z' },
  [Subjects.TicketCreated]: ticket,
  [Subjects.TicketUpdated]: { ...ticket, orderId: other, withdrawn: true },
  [Subjects.OrderCreated]: {
    ...order,
    status: OrderStatus.Created,
    userId: other,
    expiresAt: '2026-11-21T03:15:00.000Z',
    ticket: { id: other, price: 20 },
    paymentAttempts: 3,
    sellerId: id,
    fee: 130,
  },
  [Subjects.OrderAwaitingPayment]: { ...order, expiresAt: '2026-11-21T03:16:00.000Z' },
  [Subjects.OrderCompleted]: { ...order, userId: other, ticket: { id: other } },
  [Subjects.OrderCancelled]: { ...order, reason: 'refunded', ticket: { id: other }, withdraw: true },
  [Subjects.OrderExpired]: { ...order, userId: other, ticket: { id: other } },
  [Subjects.ExpirationComplete]: { orderId: id },
  [Subjects.ChargeCreated]: { id, orderId: other, amount: 2000 },
  [Subjects.PaymentCreated]: { id, orderId: other, stripeId: 'ch_1' },
  [Subjects.PaymentFailed]: { id, orderId: other, message: '', attemptsLeft: 2 },
  [Subjects.PaymentRefunded]: { id, orderId: other, stripeRefundId: 're_1' },
};

/** What a message may lack: what is true of some documents only, or was added later. */
const optional = new Set([
  'session:revoked sessionId',
  'session:revoked epoch',
  'ticket:updated orderId',
  'ticket:updated withdrawn',
  'order:created paymentAttempts',
  'order:created sellerId',
  'order:created fee',
  'order:awaiting-payment expiresAt',
  'order:cancelled withdraw',
  'payment:failed attemptsLeft',
]);

const schemaOf = (subject: Subjects): z.ZodObject => eventSchemas[subject];
const fits = (subject: Subjects, data: unknown) => schemaOf(subject).safeParse(data).success;
const subjects = Object.values(Subjects);

describe('the events', () => {
  it('when the subjects are listed, then they are the contract’s', () => {
    expect([...subjects].sort()).toEqual(
      [
        'user:created',
        'user:updated',
        'session:revoked',
        'ticket:created',
        'ticket:updated',
        'order:created',
        'order:awaiting-payment',
        'order:completed',
        'order:cancelled',
        'order:expired',
        'expiration:complete',
        'charge:created',
        'payment:created',
        'payment:failed',
        'payment:refunded',
      ].sort(),
    );
  });

  it('when a subject exists, then it has a schema, and no schema is without a subject', () => {
    expect(Object.keys(eventSchemas).sort()).toEqual([...subjects].sort());
  });

  it.each(subjects)('when %s is complete, then it fits, with or without its meta', (subject) => {
    expect(fits(subject, samples[subject])).toBe(true);
    expect(schemaOf(subject).parse({ ...samples[subject], meta })).toEqual({ ...samples[subject], meta });
  });

  it.each(subjects.flatMap((subject) => Object.keys(samples[subject]).map((field) => [subject, field])))(
    'when %s has no %s, then it does not fit',
    (subject, field) => {
      const { [field]: _left, ...rest } = samples[subject as Subjects];
      expect(fits(subject as Subjects, rest)).toBe(optional.has(`${subject} ${field}`));
    },
  );

  it.each<[Subjects, Record<string, unknown>]>([
    [Subjects.UserCreated, { id: 'not-an-id' }],
    [Subjects.UserCreated, { id: 'ABCDEFABCDEFABCDEFABCDEF' }],
    [Subjects.UserCreated, { version: -1 }],
    [Subjects.UserCreated, { version: 1.5 }],
    [Subjects.UserCreated, { version: '1' }],
    [Subjects.UserCreated, { email: '' }],
    [Subjects.SessionRevoked, { epoch: 0 }],
    [Subjects.SessionRevoked, { until: 'never' }],
    [Subjects.TicketCreated, { price: -1 }],
    [Subjects.TicketCreated, { price: '20' }],
    [Subjects.TicketUpdated, { orderId: 'not-an-id' }],
    [Subjects.TicketUpdated, { orderId: null }],
    [Subjects.TicketUpdated, { withdrawn: 'yes' }],
    [Subjects.OrderCreated, { status: 'new' }],
    [Subjects.OrderCreated, { expiresAt: 'soon' }],
    [Subjects.OrderCreated, { ticket: { id: other } }],
    [Subjects.OrderCancelled, { reason: 'weather' }],
    [Subjects.OrderCancelled, { ticket: { id: 'x' } }],
    [Subjects.OrderCancelled, { withdraw: false }],
    [Subjects.OrderCreated, { sellerId: '' }],
    [Subjects.OrderCreated, { fee: 1.3 }],
    [Subjects.OrderCreated, { fee: -1 }],
    [Subjects.ChargeCreated, { amount: 19.99 }],
    [Subjects.ChargeCreated, { amount: -1 }],
    [Subjects.PaymentCreated, { stripeId: '' }],
    [Subjects.OrderAwaitingPayment, { meta: {} }],
    [Subjects.OrderCreated, { paymentAttempts: 0 }],
    [Subjects.PaymentFailed, { attemptsLeft: -1 }],
  ])('when %s has %j, then it does not fit', (subject, wrong) => {
    expect(fits(subject, { ...samples[subject], ...wrong })).toBe(false);
  });

  it.each([null, 'text', 7, []])('when a message is %j, then it fits no subject', (data) => {
    for (const subject of subjects) expect(fits(subject, data)).toBe(false);
  });

  it('when an event is raised, then its meta is its own and has the context’s correlation id', () => {
    const [one, another] = runInContext({ correlationId: 'request-1' }, () => [eventMeta(), eventMeta()]);
    expect(one).toMatchObject({ correlationId: 'request-1' });
    expect(one.eventId).not.toBe(another.eventId);
    expect(new Date(one.occurredAt).toISOString()).toBe(one.occurredAt);
  });
});
