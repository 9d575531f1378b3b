import type Stripe from 'stripe';
import { openJournal, type Journal } from './journal';

/** The answer to a POST. */
export interface Answer {
  status: number;
  body: object;
  /** How many attempts lose their connection before one of them is answered. */
  drops?: number;
}

/** An answer kept under its idempotency key, which must not be used for another route or other parameters. */
export interface KeptAnswer extends Answer {
  key: string;
  path: string;
  parameters: object;
  created: number;
}

/** One line of the ledger. What belongs together is one line, so that a crash cannot separate it. */
export interface Entry {
  charge?: Stripe.Charge;
  refund?: Stripe.Refund;
  intent?: Stripe.PaymentIntent;
  dispute?: Stripe.Dispute;
  /** What subscribers are told of it. */
  events?: Stripe.Event[];
  /** The id of an event that its subscriber has accepted. */
  delivered?: string;
  answer?: KeptAnswer;
  /** The idempotency key of an attempt that was made to fail. */
  failedAttempt?: string;
}

export interface LedgerView {
  charges: Stripe.Charge[];
  refunds: Stripe.Refund[];
  intents: Stripe.PaymentIntent[];
  idempotencyKeys: (Pick<KeptAnswer, 'key' | 'path' | 'status' | 'created'> & { object: string | null })[];
  /** Requests to /v1 since the ledger was opened or reset. */
  requests: number;
}

export class Ledger {
  readonly charges: Map<string, Stripe.Charge> = new Map();
  readonly refunds: Map<string, Stripe.Refund> = new Map();
  readonly intents: Map<string, Stripe.PaymentIntent> = new Map();
  readonly disputes: Map<string, Stripe.Dispute> = new Map();
  readonly events: Map<string, Stripe.Event> = new Map();
  /** The ids of the events that no subscriber has accepted yet. */
  readonly undelivered = new Set<string>();
  readonly answers = new Map<string, KeptAnswer>();
  private readonly failedAttempts = new Map<string, number>();
  requests = 0;
  /** Is told of each event once it is durable. */
  onEvent: (event: Stripe.Event) => void = () => undefined;

  private constructor(private readonly journal?: Journal<Entry>) {}

  /** Opens the ledger kept in the file, or one in memory without a file. */
  static async open(path?: string): Promise<Ledger> {
    if (path === undefined) return new Ledger();
    const journal = await openJournal<Entry>(path);
    const ledger = new Ledger(journal);
    for (const entry of journal.entries) ledger.apply(entry);
    return ledger;
  }

  get writable(): boolean {
    return this.journal?.writable ?? true;
  }

  failedAttemptsFor(key: string | undefined): number {
    return this.failedAttempts.get(key ?? '') ?? 0;
  }

  /** Takes effect at once, so that two refunds cannot both see the same money; settles when it is durable. */
  async record(entry: Entry): Promise<void> {
    this.apply(entry);
    await this.journal?.append(entry);
    for (const event of entry.events ?? []) this.onEvent(event);
  }

  async reset(): Promise<void> {
    const { charges, refunds, intents, disputes, events, undelivered, answers, failedAttempts } = this;
    for (const all of [charges, refunds, intents, disputes, events, undelivered, answers, failedAttempts])
      all.clear();
    this.requests = 0;
    await this.journal?.clear();
  }

  view(): LedgerView {
    return {
      charges: [...this.charges.values()],
      refunds: [...this.refunds.values()],
      intents: [...this.intents.values()],
      idempotencyKeys: [...this.answers.values()].map(({ key, path, status, created, body }) => ({
        ...{ key, path, status, created },
        object: 'id' in body ? String(body.id) : null,
      })),
      requests: this.requests,
    };
  }

  async close(): Promise<void> {
    await this.journal?.close();
  }

  private apply(entry: Entry): void {
    const { charge, refund, intent, dispute, events = [], delivered, answer, failedAttempt } = entry;
    if (charge) this.charges.set(charge.id, charge);
    if (refund) this.refunds.set(refund.id, refund);
    if (intent) this.intents.set(intent.id, intent);
    if (dispute) this.disputes.set(dispute.id, dispute);
    for (const event of events) {
      this.events.set(event.id, event);
      this.undelivered.add(event.id);
    }
    if (delivered) this.undelivered.delete(delivered);
    if (answer) this.answers.set(answer.key, answer);
    if (failedAttempt) this.failedAttempts.set(failedAttempt, this.failedAttemptsFor(failedAttempt) + 1);
  }
}
