import { logger } from '../logging/logger';

/** From how many documents with pending events on the log says how many there are, and again each time they double. */
const DEEP = 1_000;
/** With fewer than this the backlog has drained. */
const DRAINED = 100;

/** How many documents have events that wait for a sweep, as the last one has counted them. */
export class Backlog {
  private readonly counts = new Map<string, number>();
  private deepSince?: number;
  private nextWarning = DEEP;
  private published = 0;

  get documents(): number {
    let sum = 0;
    for (const count of this.counts.values()) sum += count;
    return sum;
  }

  /** Notes what a sweep has found of a model. */
  count(modelName: string, documents: number): void {
    this.counts.set(modelName, documents);
    const all = this.documents;
    if (all < this.nextWarning) return;
    this.deepSince ??= Date.now();
    this.nextWarning = all * 2;
    logger.warn({ documents: all }, 'events pile up in the outbox');
  }

  /** Notes that so many documents' events have been published since. */
  subtract(modelName: string, documents: number): void {
    this.counts.set(modelName, Math.max(0, (this.counts.get(modelName) ?? 0) - documents));
    if (this.deepSince === undefined) return;
    this.published += documents;
    if (this.documents >= DRAINED) return;
    const seconds = Math.round((Date.now() - this.deepSince) / 100) / 10;
    logger.info({ documents: this.published, seconds }, 'the outbox has drained');
    this.deepSince = undefined;
    this.nextWarning = DEEP;
    this.published = 0;
  }
}
