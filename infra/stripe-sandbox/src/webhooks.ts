import { createHmac, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import type { Logger } from 'pino';
import type { Ledger } from './ledger';
import { now } from './objects';

/** Where events are sent, and the secret that signs them. */
export interface Endpoint {
  url: string;
  secret: string;
}

/** How events are sent: late, several times, or not until they are released. */
export interface DeliveryPlan {
  /** Each copy waits for a random time between the two, so that later events overtake earlier ones. */
  minDelayMs: number;
  maxDelayMs: number;
  copies: number;
  hold: boolean;
}

const PROMPT: DeliveryPlan = { minDelayMs: 0, maxDelayMs: 0, copies: 1, hold: false };
/** What an endpoint subscribes to; others are listed by `GET /v1/events` only. */
const SENT =
  /^(payment_intent\.(succeeded|payment_failed|canceled|processing|requires_action)|charge\.(refunded|dispute\.(created|closed)))$/;
/** Between the attempts; Stripe goes on for three days. */
const RETRY_MS = [200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000];
const ANSWER_MS = 10_000;

/** Signs a payload as Stripe does: the time and the payload, by HMAC-SHA256, in hexadecimal. */
export const signature = (payload: string, secret: string, timestamp = now()): string =>
  `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex')}`;

/** Sends the ledger's events to an endpoint, again until it accepts them; also after a restart. */
export class Webhooks {
  private readonly stopping = new AbortController();
  private readonly held: Stripe.Event[] = [];
  private plan = PROMPT;

  constructor(
    private readonly ledger: Ledger,
    private readonly logger: Logger,
    private readonly endpoint?: Endpoint,
  ) {
    if (!endpoint) return;
    ledger.onEvent = (event) => this.send(event);
    for (const [id, event] of ledger.events) if (ledger.undelivered.has(id)) this.send(event);
  }

  /** Changes how events are sent from now on; what is not named is as at the start. */
  follow(plan: Partial<DeliveryPlan>): void {
    this.plan = { ...PROMPT, ...plan };
  }

  /** Sends what is held back, one after the other: the newest first, or the oldest. */
  async release(isReversed: boolean): Promise<number> {
    const events = this.held.splice(0);
    if (isReversed) events.reverse();
    for (const event of events) await this.attempt(event);
    return events.length;
  }

  /** Sends an event in so many copies at once, whatever the plan says. */
  async resend(event: Stripe.Event, copies: number): Promise<void> {
    await Promise.all(Array.from({ length: copies }, () => this.attempt(event)));
  }

  stop(): void {
    this.stopping.abort();
  }

  private send(event: Stripe.Event): void {
    if (!SENT.test(event.type)) return;
    const { hold, copies } = this.plan;
    if (hold) this.held.push(event);
    else for (let copy = 0; copy < copies; copy += 1) void this.deliver(event);
  }

  private async deliver(event: Stripe.Event): Promise<void> {
    const { minDelayMs, maxDelayMs } = this.plan;
    const first = maxDelayMs > minDelayMs ? randomInt(minDelayMs, maxDelayMs + 1) : minDelayMs;
    for (const delay of [first, ...RETRY_MS]) {
      if (delay > 0) await this.pause(delay);
      if (this.stopping.signal.aborted) return;
      if (await this.attempt(event)) return;
    }
    this.logger.warn({ event: event.id }, 'an event was not accepted; it is sent again after a restart');
  }

  private pause = (ms: number): Promise<unknown> =>
    sleep(ms, undefined, { ref: false, signal: this.stopping.signal }).catch(() => undefined);

  private async attempt(event: Stripe.Event): Promise<boolean> {
    if (!this.endpoint) return false;
    const { url, secret } = this.endpoint;
    const body = JSON.stringify(event);
    const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': signature(body, secret) };
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(ANSWER_MS)]);
    try {
      const { ok } = await fetch(url, { method: 'POST', headers, body, signal });
      if (ok && this.ledger.undelivered.has(event.id)) await this.ledger.record({ delivered: event.id });
      return ok;
    } catch {
      return false;
    }
  }
}
