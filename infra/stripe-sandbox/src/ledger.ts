import type Stripe from 'stripe';
import { memoryJournal, openJournal, type Journal } from './journal';

/** The answer kept under an idempotency key. */
export interface KeptAnswer {
  key: string;
  path: string;
  /** A digest of the parameters: the same key must not be used for something else. */
  fingerprint: string;
  status: number;
  body: unknown;
  created: number;
  /** How many attempts lose their connection before one of them is answered. */
  drops?: number;
}

/** One line of the ledger. What belongs together is one line, so that a crash cannot part it. */
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
  private charges = new Map<string, Stripe.Charge>();
  private refunds = new Map<string, Stripe.Refund>();
  private answers = new Map<string, KeptAnswer>();
  private failedAttempts = new Map<string, number>();
  private requests = 0;

  private constructor(private readonly journal: Journal<Entry>) {}

  /** Opens the ledger kept in the file, or one in memory when there is no file. */
  static async open(path?: string): Promise<Ledger> {
    if (path === undefined) return new Ledger(memoryJournal());
    const { journal, entries } = await openJournal<Entry>(path);
    const ledger = new Ledger(journal);
    entries.forEach((entry) => ledger.apply(entry));
    return ledger;
  }

  get writable(): boolean {
    return this.journal.failure === undefined;
  }

  charge(id: string): Stripe.Charge | undefined {
    return this.charges.get(id);
  }

  refund(id: string): Stripe.Refund | undefined {
    return this.refunds.get(id);
  }

  /** Newest first, as Stripe lists. */
  allCharges(): Stripe.Charge[] {
    return [...this.charges.values()].reverse();
  }

  /** Newest first, as Stripe lists. */
  allRefunds(): Stripe.Refund[] {
    return [...this.refunds.values()].reverse();
  }

  answerFor(key: string): KeptAnswer | undefined {
    return this.answers.get(key);
  }

  failedAttemptsFor(key: string): number {
    return this.failedAttempts.get(key) ?? 0;
  }

  countRequest(): void {
    this.requests += 1;
  }

  /** Takes effect at once, so that two refunds cannot both see the same money; settles when it is durable. */
  async record(entry: Entry): Promise<void> {
    this.apply(entry);
    await this.journal.append(entry);
  }

  async reset(): Promise<void> {
    this.charges.clear();
    this.refunds.clear();
    this.answers.clear();
    this.failedAttempts.clear();
    this.requests = 0;
    await this.journal.clear();
  }

  view(): LedgerView {
    return {
      charges: [...this.charges.values()],
      refunds: [...this.refunds.values()],
      idempotencyKeys: [...this.answers.values()].map(({ key, path, status, created, body }) => ({
        key,
        path,
        status,
        created,
        object: (body as { id?: string }).id ?? null,
      })),
      requests: this.requests,
    };
  }

  async close(): Promise<void> {
    await this.journal.close();
  }

  private apply({ charge, refund, answer, failedAttempt }: Entry): void {
    if (charge) this.charges.set(charge.id, charge);
    if (refund) this.refunds.set(refund.id, refund);
    if (answer) this.answers.set(answer.key, answer);
    if (failedAttempt) {
      this.failedAttempts.set(failedAttempt, this.failedAttemptsFor(failedAttempt) + 1);
    }
  }
}
