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
  answer?: KeptAnswer;
  /** The idempotency key of an attempt that was made to fail. */
  failedAttempt?: string;
}

export interface LedgerView {
  charges: Stripe.Charge[];
  refunds: Stripe.Refund[];
  idempotencyKeys: (Pick<KeptAnswer, 'key' | 'path' | 'status' | 'created'> & { object: string | null })[];
  /** Requests to /v1 since the ledger was opened or reset. */
  requests: number;
}

export class Ledger {
  readonly charges: Map<string, Stripe.Charge> = new Map();
  readonly refunds: Map<string, Stripe.Refund> = new Map();
  readonly answers = new Map<string, KeptAnswer>();
  private readonly failedAttempts = new Map<string, number>();
  requests = 0;

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
  }

  async reset(): Promise<void> {
    for (const map of [this.charges, this.refunds, this.answers, this.failedAttempts]) map.clear();
    this.requests = 0;
    await this.journal?.clear();
  }

  view(): LedgerView {
    return {
      charges: [...this.charges.values()],
      refunds: [...this.refunds.values()],
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

  private apply({ charge, refund, answer, failedAttempt }: Entry): void {
    if (charge) this.charges.set(charge.id, charge);
    if (refund) this.refunds.set(refund.id, refund);
    if (answer) this.answers.set(answer.key, answer);
    if (failedAttempt) this.failedAttempts.set(failedAttempt, this.failedAttemptsFor(failedAttempt) + 1);
  }
}
