import type { Types } from 'mongoose';
import type { Publisher, PublisherClass } from '../bus/publisher';
import type { EventTransport } from '../bus/transport';
import type { Event } from '../events/events';
import { logger } from '../logging/logger';
import { isMongoConnected } from '../mongo/connect';
import { countAll, declareQuery, readAll } from '../mongo/queries';
import { untilNextSweep } from '../service/agenda';
import { periodic } from '../service/periodic';
import { observeOutbox, type OutboxEntry, type OutboxModel, type Saved } from './aggregate';
import { Backlog } from './backlog';
import { OutboxCleaner } from './cleaner';

type DocumentId = Types.ObjectId;

/** A document with events that the bus has not acknowledged. */
interface Pending {
  _id: DocumentId;
  version: number;
  outbox: OutboxEntry[];
}

/** How often it is checked whether a sweep is due, in milliseconds. */
const CHECK_MS = 1_000;
/** A younger entry is in flight in the process that stored it, in milliseconds. */
const SETTLING_MS = 2_000;
/** Documents per read of a sweep. */
const SWEEP_LIMIT = 200;
/** Acknowledged event ids that are remembered, so that a stale document in memory does not publish them again. */
const REMEMBERED = 10_000;

/** The documents whose oldest event was raised before a moment, oldest first. */
export const pendingSince = declareQuery({
  index: { outboxSince: 1 },
  filter: (before: Date) => ({ outboxSince: { $lte: before } }),
  sort: { outboxSince: 1 },
});

/**
 * Publishes what documents have raised (the transactional outbox pattern: Richardson, "Microservices
 * Patterns", section 3.3.7).
 *
 * Directly after a save the document's entries are handed to the bus, in order; when the bus acknowledges
 * them they are cleared from their documents, many in one write. What a crash or an outage leaves behind is
 * found by a sweep, oldest first, and published in order per document: at the start, after a reconnection,
 * seconds after a publish failed, and every half minute for what another process has left. An event is
 * published at least once: consumers recognize duplicates by the version.
 */
export class Relay {
  /** Sweeps at its start and when triggered, and whenever a sweep is due. */
  readonly sweeps = periodic('outbox-sweep', CHECK_MS, async (isFirst) => {
    if (isFirst) await this.sweep(0);
    else if (Date.now() >= this.nextSweep) await this.sweep(SETTLING_MS);
  });

  private readonly publisherOf: Map<string, Publisher<Event>>;
  private readonly inFlight = new Map<string, Promise<boolean>>();
  private readonly acknowledged = new Set<string>();
  private readonly cleaner = new OutboxCleaner();
  private readonly backlog = new Backlog();
  private nextSweep = 0;

  /**
   * @param client the service's bus (`natsWrapper.client`), looked up whenever something is published
   * @param publishers the classes of all events that the service publishes
   * @param models the models whose documents raise events
   */
  constructor(
    client: () => EventTransport,
    publishers: readonly PublisherClass[],
    private readonly models: readonly OutboxModel[],
  ) {
    // The transport is looked up per call: tests replace it.
    const transport: EventTransport = {
      publish: (...message) => client().publish(...message),
      subscribe: (request, onMessage) => client().subscribe(request, onMessage),
    };
    this.publisherOf = new Map(
      publishers.map((PublisherOfOne) => {
        const publisher = new PublisherOfOne(transport);
        return [publisher.subject, publisher];
      }),
    );
    for (const model of models) observeOutbox(model, (of, saved) => this.publish(of, saved));
  }

  /** Events that are on their way to the bus, and documents whose events wait for a sweep, as the last one found. */
  get pending(): number {
    return this.inFlight.size + this.backlog.documents;
  }

  /** Stops sweeping and resolves when everything in flight is acknowledged and cleared, or has failed. */
  async stop(): Promise<void> {
    await this.sweeps.stop();
    await Promise.all(this.inFlight.values());
    await this.cleaner.flush();
  }

  /**
   * Hands a document's entries to the bus before it returns, in order, but for those already in flight.
   * Never throws and never waits: after a failure the entry stays for the sweep.
   */
  publish(model: OutboxModel, { id, version, entries }: Saved): void {
    const sent = entries.map((entry) => this.send(entry));
    void Promise.all(sent).then((published) => {
      const cleared = entries.filter((_entry, n) => published[n]);
      if (cleared.length > 0) this.cleaner.add(model, { id, version, entries, cleared });
    });
  }

  /**
   * Publishes the pending events of all models, oldest first, until none is left.
   *
   * @param settlingMs leave out documents whose oldest event was raised within so many milliseconds
   */
  async sweep(settlingMs: number): Promise<void> {
    if (!isMongoConnected()) return;
    this.nextSweep = Date.now() + untilNextSweep();
    const before = new Date(Date.now() - settlingMs);
    for (const model of this.models) await this.sweepModel(model, before);
  }

  private async sweepModel(model: OutboxModel, before: Date): Promise<void> {
    const { modelName } = model;
    for (let round = 0; ; round += 1) {
      const documents = await readAll<Pending>(model, pendingSince(before), {
        projection: { outbox: 1, version: 1 },
        limit: SWEEP_LIMIT,
        // An event of a change that a replica set takes back must not have been published.
        readConcern: 'majority',
      });
      const isLast = documents.length < SWEEP_LIMIT;
      if (isLast || round === 0) {
        const found = isLast ? documents.length : await countAll(model, pendingSince(before));
        this.backlog.count(modelName, found);
        if (round === 0 && found > 0)
          logger.info({ model: modelName, documents: found }, 'publishing pending outbox events');
      }
      const published = await Promise.all(documents.map((document) => this.sendInTurn(model, document)));
      await this.cleaner.flush();
      this.backlog.subtract(modelName, published.filter(Boolean).length);
      // What could not be published would be found again at once.
      if (isLast || published.includes(false)) return;
    }
  }

  private async sendInTurn(model: OutboxModel, { _id, version, outbox = [] }: Pending): Promise<boolean> {
    const cleared: OutboxEntry[] = [];
    for (const entry of outbox) {
      if (!(await this.send(entry))) break;
      cleared.push(entry);
    }
    this.cleaner.add(model, { id: _id, version, entries: outbox, cleared });
    return cleared.length === outbox.length;
  }

  /** Resolves to whether the bus has the event. */
  private send(entry: OutboxEntry): Promise<boolean> {
    const { eventId, subject } = entry;
    if (this.acknowledged.has(eventId)) return Promise.resolve(true);
    const pending = this.inFlight.get(eventId);
    if (pending) return pending;
    const sent = this.publishEntry(entry)
      .then(
        () => {
          this.remember(eventId);
          return true;
        },
        (error: unknown) => {
          this.nextSweep = Math.min(this.nextSweep, Date.now() + SETTLING_MS);
          logger.warn({ err: error, subject, eventId }, 'publish failed; the event stays in the outbox');
          return false;
        },
      )
      .finally(() => this.inFlight.delete(eventId));
    this.inFlight.set(eventId, sent);
    return sent;
  }

  private async publishEntry({ subject, data }: OutboxEntry): Promise<void> {
    const publisher = this.publisherOf.get(subject);
    if (!publisher) throw new Error(`no publisher for ${subject} in this service`);
    await publisher.publish(data);
  }

  private remember(eventId: string): void {
    this.acknowledged.add(eventId);
    if (this.acknowledged.size <= REMEMBERED) return;
    const [oldest] = this.acknowledged;
    if (oldest) this.acknowledged.delete(oldest);
  }
}
