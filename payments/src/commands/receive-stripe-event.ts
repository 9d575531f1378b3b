import { BadRequestError, idOf, insert, isDuplicateKey } from '@ticketing/common';
import Stripe from 'stripe';
import { z } from 'zod';
import { webhookSecret } from '../config';
import { StripeEvent } from '../models/stripe-event';
import { unhandled } from './handle-stripe-event';

/** How old a signature may be, in seconds: a message that was recorded once cannot be sent again later. */
const TOLERANCE_SECONDS = 300;

const reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);
const own = z.object({ id: z.string() });
const ofCharge = z.object({ charge: reference.nullish() });

/** What is read of an event's object: which intent or charge it is about. Stripe adds fields as it likes. */
const objects = {
  'payment_intent.succeeded': own,
  'payment_intent.payment_failed': own,
  'payment_intent.canceled': own,
  'charge.refunded': own,
  'charge.refund.updated': ofCharge,
  'refund.created': ofCharge,
  'refund.updated': ofCharge,
  'refund.failed': ofCharge,
  'charge.dispute.created': ofCharge,
  'charge.dispute.updated': ofCharge,
  'charge.dispute.closed': ofCharge,
  'charge.dispute.funds_withdrawn': ofCharge,
  'charge.dispute.funds_reinstated': ofCharge,
} as const;

/** The types of events that change something here; an endpoint at Stripe subscribes to them. */
export const HANDLED_TYPES = Object.keys(objects) as (keyof typeof objects)[];

const isHandled = (type: string): type is keyof typeof objects => Object.hasOwn(objects, type);

/** @throws BadRequestError (400) when Stripe has not signed these bytes within the last five minutes */
const verified = (body: Buffer, signature: string): Stripe.Event => {
  try {
    return Stripe.webhooks.constructEvent(body, signature, webhookSecret(), TOLERANCE_SECONDS);
  } catch (cause) {
    throw new BadRequestError('The signature is not one of Stripe’s for this body', undefined, { cause });
  }
};

/**
 * Stores an event of Stripe's, once however often it is delivered, to be handled by the worker. Types that change
 * nothing here are left out.
 *
 * @param body as it was sent
 * @param signature the header Stripe-Signature
 * @throws BadRequestError (400) as `verified` does, or when an event lacks what its type says
 */
export const receiveStripeEvent = async (body: Buffer, signature: string): Promise<void> => {
  const { id: eventId, type, created, data } = verified(body, signature);
  if (!isHandled(type)) return;
  const object = objects[type].safeParse(data.object);
  if (!object.success) throw new BadRequestError(`The object of this ${type} is not one of Stripe’s`);
  const objectId = 'id' in object.data ? object.data.id : object.data.charge;
  // A refund of something else than a charge.
  if (!objectId) return;
  try {
    const occurredAt = new Date(created * 1_000);
    const stored = await insert(StripeEvent, StripeEvent.received({ eventId, type, objectId, occurredAt }));
    unhandled.add({ id: idOf(stored), at: Date.now() });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
};
