import { change, idOf, isObjectId, load, logger, NotFoundError } from '@ticketing/common';
import type Stripe from 'stripe';
import { Payment, payments, type PaymentEntity } from '../models/payment';
import { stripeEvents } from '../models/stripe-event';
import { stripe } from '../stripe';
import {
  compareCharge,
  compareDispute,
  compareIntent,
  failedRefund,
  unknownAtStripe,
  type Compared,
  type Difference,
} from './reconcile-differences';
import { syncCharge } from './sync-charge';
import { syncIntent } from './sync-intent';

/** What is younger is still under way, in seconds. */
const MIN_AGE_SECONDS = 60;
const DAY_MS = 24 * 3_600_000;
const PAGE = 100;

export interface ReconcileOptions {
  /** How far back Stripe's lists are read. */
  days: number;
  /** What is younger, in seconds, is left out: it is still under way. */
  minAgeSeconds?: number;
  /** Whether what is certain is repaired; by default it is. */
  isRepairing?: boolean;
  /** Whether payments that were given up are tried again, now that a person has looked; by default they are not. */
  isRetrying?: boolean;
}

/** What a reconciliation has found. */
export interface ReconcileReport {
  since: Date;
  compared: Record<'charges' | 'intents' | 'refunds' | 'disputes' | 'payments', number>;
  repaired: Difference[];
  remaining: Difference[];
  /** Payments that are tried again. */
  retried: string[];
  /** What was given up and waits for a person: payments, and events of Stripe's. */
  attention: { payments: string[]; events: string[] };
}

const present = (payment: PaymentEntity): Compared => ({
  id: idOf(payment),
  status: payment.status,
  amount: payment.amount,
  currency: payment.currency,
  stripeId: payment.stripeId,
  amountRefunded: payment.amountRefunded,
  dispute: payment.dispute,
});

const loadIfAny = async (id: string): Promise<Compared | undefined> => {
  if (!isObjectId(id)) return undefined;
  try {
    return present(await load(Payment, { id }));
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
};

const paymentOfCharge = async ({
  id,
  metadata,
}: Pick<Stripe.Charge, 'id' | 'metadata'>): Promise<Compared | undefined> => {
  const [known] = await payments.byCharge(id).select({ _id: 1 }).lean();
  return loadIfAny(known ? idOf(known) : (metadata.paymentId ?? ''));
};

const paymentOfIntent = async ({ id, metadata }: Stripe.PaymentIntent): Promise<Compared | undefined> => {
  const [known] = await payments.byIntent(id).select({ _id: 1 }).lean();
  return loadIfAny(known ? idOf(known) : (metadata.paymentId ?? ''));
};

/** @returns undefined where Stripe knows none */
const orNone = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
};

const idOfReference = (reference: string | { id: string } | null | undefined): string =>
  (typeof reference === 'string' ? reference : reference?.id) ?? '';

/** One comparison of Stripe's books with ours, which gathers what it finds. */
class Reconciliation {
  readonly report: ReconcileReport;
  private readonly created: { gte: number; lte: number };
  private readonly seen = new Set<string>();

  constructor(private readonly options: ReconcileOptions) {
    const since = new Date(Date.now() - options.days * DAY_MS);
    const { minAgeSeconds = MIN_AGE_SECONDS } = options;
    const seconds = (ms: number) => Math.floor(ms / 1_000);
    this.created = { gte: seconds(since.getTime()), lte: seconds(Date.now()) - minAgeSeconds };
    this.report = {
      since,
      compared: { charges: 0, intents: 0, refunds: 0, disputes: 0, payments: 0 },
      repaired: [],
      remaining: [],
      retried: [],
      attention: { payments: [], events: [] },
    };
  }

  async run(): Promise<ReconcileReport> {
    const list = { limit: PAGE, created: this.created };
    // First the intents: a charge of one that is recorded by then needs no repair of its own.
    for await (const intent of stripe.paymentIntents.list(list)) await this.intent(intent);
    for await (const charge of stripe.charges.list(list)) await this.charge(charge);
    for await (const refund of stripe.refunds.list(list)) await this.refund(refund);
    for await (const dispute of stripe.disputes.list(list)) await this.dispute(dispute);
    await this.payments();
    const waiting = await payments.needingAttention().select({ _id: 1 }).lean();
    const ids = waiting.map(({ _id }) => String(_id));
    if (this.options.isRetrying) {
      for (const id of ids) await change(Payment, { id }, (payment) => payment.retry());
      this.report.retried = ids;
    } else this.report.attention.payments = ids;
    const givenUp = await stripeEvents.givenUp().select({ eventId: 1 }).lean();
    this.report.attention.events = givenUp.map(({ eventId }) => eventId);
    return this.report;
  }

  private async intent(intent: Stripe.PaymentIntent): Promise<void> {
    this.report.compared.intents += 1;
    this.seen.add(intent.id);
    const compare = async () => {
      const now = await stripe.paymentIntents.retrieve(intent.id);
      return compareIntent(now, await paymentOfIntent(now));
    };
    const found = compareIntent(intent, await paymentOfIntent(intent));
    await this.settle(found, () => syncIntent(intent.id), compare);
  }

  private async charge(charge: Stripe.Charge): Promise<void> {
    this.report.compared.charges += 1;
    this.seen.add(charge.id);
    const compare = async () => {
      const now = await stripe.charges.retrieve(charge.id);
      return compareCharge(now, await paymentOfCharge(now));
    };
    const found = compareCharge(charge, await paymentOfCharge(charge));
    await this.settle(found, () => syncCharge(charge.id), compare);
  }

  /** A charge that is older than the lists, with something new. */
  private async olderCharge(id: string): Promise<void> {
    if (!id || this.seen.has(id)) return;
    await this.charge(await stripe.charges.retrieve(id));
  }

  private async refund(refund: Stripe.Refund): Promise<void> {
    this.report.compared.refunds += 1;
    const chargeId = idOfReference(refund.charge);
    await this.olderCharge(chargeId);
    if (refund.status !== 'failed' && refund.status !== 'canceled') return;
    const payment = await paymentOfCharge({ id: chargeId, metadata: {} });
    if (payment) this.report.remaining.push(failedRefund(refund.id, payment));
  }

  private async dispute(dispute: Stripe.Dispute): Promise<void> {
    this.report.compared.disputes += 1;
    const chargeId = idOfReference(dispute.charge);
    await this.olderCharge(chargeId);
    const compare = async () =>
      compareDispute(dispute, await paymentOfCharge({ id: chargeId, metadata: {} }));
    await this.settle(await compare(), () => syncCharge(chargeId), compare);
  }

  /** Payments whose charge or intent was in none of Stripe's lists. */
  private async payments(): Promise<void> {
    // Stripe counts whole seconds.
    const made = payments.madeBetween(this.report.since, new Date((this.created.lte + 1) * 1_000));
    for await (const { _id, stripeId, intentId } of made
      .select({ stripeId: 1, intentId: 1 })
      .lean()
      .cursor()) {
      this.report.compared.payments += 1;
      if (stripeId && !this.seen.has(stripeId)) await this.notListed(String(_id), stripeId);
      else if (intentId && !stripeId && !this.seen.has(intentId)) await this.notListed(String(_id), intentId);
    }
  }

  private async notListed(paymentId: string, stripeId: string): Promise<void> {
    if (stripeId.startsWith('pi_')) {
      const intent = await orNone(stripe.paymentIntents.retrieve(stripeId));
      if (intent) return this.intent(intent);
    } else {
      const charge = await orNone(stripe.charges.retrieve(stripeId));
      if (charge) return this.charge(charge);
    }
    const payment = await loadIfAny(paymentId);
    if (payment) this.report.remaining.push(unknownAtStripe(stripeId, payment));
  }

  /** Repairs what is certain, and looks again: what is still there, or was never certain, remains. */
  private async settle(
    found: Difference[],
    repair: () => Promise<void>,
    compare: () => Promise<Difference[]>,
  ): Promise<void> {
    const { repaired, remaining } = this.report;
    if (!found.some(({ isCertain }) => isCertain) || this.options.isRepairing === false) {
      remaining.push(...found);
      return;
    }
    try {
      await repair();
    } catch (error) {
      logger.warn({ err: error, differences: found }, 'a difference to Stripe could not be repaired');
    }
    const left = await compare();
    remaining.push(...left);
    const messages = new Set(left.map(({ message }) => message));
    repaired.push(...found.filter(({ message, isCertain }) => isCertain && !messages.has(message)));
  }
}

/**
 * Compares Stripe's charges, intents, refunds and disputes of the last days with the payments here, in both directions,
 * and applies what Stripe says where that is certain. Safe to repeat, and beside requests and webhooks.
 *
 * @throws (rejects) what Stripe's SDK throws: nothing can be said then
 */
export const reconcile = (options: ReconcileOptions): Promise<ReconcileReport> =>
  new Reconciliation(options).run();
