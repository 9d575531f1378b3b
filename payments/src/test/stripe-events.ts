import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { webhookSecret } from '../config';

/** An event as Stripe sends it. */
export interface SentEvent {
  id: string;
  type: string;
  created: number;
  data: { object: object };
}

/** An event about an object. */
export const eventOf = (type: string, object: object): SentEvent => ({
  id: `evt_${randomUUID()}`,
  type,
  created: Math.floor(Date.now() / 1_000),
  data: { object },
});

interface Signed {
  body: string;
  signature: string;
}

/** A body with the header that Stripe signs it by. */
export const signed = (
  body: string | object,
  { secret = webhookSecret(), ageSeconds = 0 }: { secret?: string; ageSeconds?: number } = {},
): Signed => {
  const payload = typeof body === 'string' ? body : JSON.stringify(body, undefined, 2);
  const timestamp = Math.floor(Date.now() / 1_000) - ageSeconds;
  return {
    body: payload,
    signature: Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }),
  };
};
