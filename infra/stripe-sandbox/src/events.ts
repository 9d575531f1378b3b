import type Stripe from 'stripe';
import { newId, now } from './objects';

/** The API version in which the sandbox's objects are. */
const API_VERSION = '2026-10-28.sandbox';

/** Tells what has happened to an object, with the object as it is then. */
export const buildEvent = (type: Stripe.Event['type'], object: object): Stripe.Event =>
  ({
    id: newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: now(),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  }) as object as Stripe.Event;
