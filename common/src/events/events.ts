import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { correlationId } from '../logging/context';
import { cancelReasons, OrderStatus } from './order-status';
import { Subjects } from './subjects';

/** MongoDB ObjectId in hexadecimal: a consumer that looks it up must not fail on its form. */
const id = z.string().regex(/^[0-9a-f]{24}$/, 'must be 24 hexadecimal digits');
const version = z.number().int().min(0);
/** Major units, as a ticket is priced. */
const price = z.number().min(0);
/** Minor units, as a card is charged. */
const amount = z.number().int().min(0);
const text = z.string().min(1);

/** The origin of an event; added when it is raised. */
const meta = z.object({
  /** Unique per event and the same on every redelivery. */
  eventId: text,
  /** ISO 8601, UTC. */
  occurredAt: text,
  /** The request or event that caused it, across all services. */
  correlationId: text,
});
export type EventMeta = z.infer<typeof meta>;

/** The meta of an event that is raised now, in the current context. */
export const eventMeta = (): EventMeta => ({
  eventId: randomUUID(),
  occurredAt: new Date().toISOString(),
  correlationId: correlationId(),
});

const event = <S extends z.ZodRawShape>(shape: S) => z.object({ ...shape, meta: meta.optional() });

const ticketOfOrder = z.object({ id });

/** One run-time schema per subject: a message that violates it is never handled (see `Listener`). */
export const eventSchemas = {
  [Subjects.UserCreated]: event({ id, version, email: text }),
  [Subjects.UserUpdated]: event({ id, version, email: text }),
  /** Of the user `id`, one session has ended, or all that began before an epoch. */
  [Subjects.SessionRevoked]: event({
    id,
    version,
    sessionId: text.optional(),
    /** The user's sessions of an earlier epoch have ended. */
    epoch: z.number().int().min(1).optional(),
    /** ISO 8601: when the last token of these sessions expires, and this needs to be known no longer. */
    until: z.iso.datetime(),
  }),

  [Subjects.TicketCreated]: event({ id, version, title: text, price, userId: text, orderId: id.optional() }),
  [Subjects.TicketUpdated]: event({
    id,
    version,
    title: text,
    price,
    userId: text,
    orderId: id.optional(),
    /** The seller has taken the ticket off sale; absent while it is not so. */
    withdrawn: z.literal(true).optional(),
  }),

  [Subjects.OrderCreated]: event({
    id,
    version,
    status: z.enum(OrderStatus),
    userId: text,
    /** ISO 8601: until when the ticket is locked for the buyer. */
    expiresAt: z.iso.datetime(),
    ticket: z.object({ id, price }),
    /** How many cards may be tried; one where it is absent. */
    paymentAttempts: z.number().int().min(1).optional(),
    /** Whose ticket it is, where orders knows it. */
    sellerId: text.optional(),
    /** The part of the price that the marketplace keeps, in minor units; nothing where it is absent. */
    fee: amount.optional(),
  }),
  [Subjects.OrderAwaitingPayment]: event({
    id,
    version,
    /** ISO 8601: the new end of the hold, where the payment has extended it. */
    expiresAt: z.iso.datetime().optional(),
  }),
  [Subjects.OrderCompleted]: event({ id, version, userId: text, ticket: ticketOfOrder }),
  [Subjects.OrderCancelled]: event({
    id,
    version,
    reason: z.enum(cancelReasons),
    ticket: ticketOfOrder,
    /** The ticket does not go back on sale; absent where it does. */
    withdraw: z.literal(true).optional(),
  }),
  [Subjects.OrderExpired]: event({ id, version, userId: text, ticket: ticketOfOrder }),

  [Subjects.ExpirationComplete]: event({ orderId: id }),

  [Subjects.ChargeCreated]: event({ id, orderId: id, amount }),
  [Subjects.PaymentCreated]: event({ id, orderId: id, stripeId: text }),
  [Subjects.PaymentFailed]: event({
    id,
    orderId: id,
    message: z.string(),
    /** How many other cards may be tried; none where it is absent: the order ends. */
    attemptsLeft: z.number().int().min(1).optional(),
  }),
  [Subjects.PaymentRefunded]: event({ id, orderId: id, stripeRefundId: text }),
} as const satisfies Record<Subjects, z.ZodObject>;

/** The data of a subject's event: the message itself. */
export type EventData<S extends Subjects> = z.infer<(typeof eventSchemas)[S]>;

/** A subject with its data; the parameter of `Publisher` and `Listener`. */
export interface Event<S extends string = string, D = unknown> {
  subject: S;
  data: D;
}

type EventOf<S extends Subjects> = Event<S, EventData<S>>;

export type UserCreatedEvent = EventOf<Subjects.UserCreated>;
export type UserUpdatedEvent = EventOf<Subjects.UserUpdated>;
export type SessionRevokedEvent = EventOf<Subjects.SessionRevoked>;
export type TicketCreatedEvent = EventOf<Subjects.TicketCreated>;
export type TicketUpdatedEvent = EventOf<Subjects.TicketUpdated>;
export type OrderCreatedEvent = EventOf<Subjects.OrderCreated>;
export type OrderAwaitingPaymentEvent = EventOf<Subjects.OrderAwaitingPayment>;
export type OrderCompletedEvent = EventOf<Subjects.OrderCompleted>;
export type OrderCancelledEvent = EventOf<Subjects.OrderCancelled>;
export type OrderExpiredEvent = EventOf<Subjects.OrderExpired>;
export type ExpirationCompleteEvent = EventOf<Subjects.ExpirationComplete>;
export type ChargeCreatedEvent = EventOf<Subjects.ChargeCreated>;
export type PaymentCreatedEvent = EventOf<Subjects.PaymentCreated>;
export type PaymentFailedEvent = EventOf<Subjects.PaymentFailed>;
export type PaymentRefundedEvent = EventOf<Subjects.PaymentRefunded>;
