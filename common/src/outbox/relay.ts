import type mongoose from 'mongoose';
import type { Types } from 'mongoose';
import type { Event } from '../events/events';
import type { Publisher, PublisherClass } from '../bus/publisher';
import type { EventTransport } from '../bus/transport';
import { logger } from '../logging/logger';
import { isMongoConnected } from '../mongo/connect';
import { periodic } from '../service/periodic';
import { observeOutbox, type OutboxEntry, type OutboxModel } from './aggregate';

type DocumentId = Types.ObjectId;

/** A document with events that the bus has not acknowledged. */
interface Pending {
  _id: DocumentId;
  outbox: OutboxEntry[];
}

/** How often pending outbox events are looked for, in milliseconds. */
const SWEEP_MS = 1_000;
/** A younger entry is in flight in the process that stored it, in milliseconds. */
const SETTLING_MS = 2_000;
/** How long acknowledged entries are gathered before they are cleared in one write, in milliseconds. */
const CLEAR_MS = 20;
/** Documents per sweep and model; the next sweep takes the next ones. */
const SWEEP_LIMIT = 200;
/** Acknowledged event ids that are remembered, so that a stale document in memory does not publish them again. */
const REMEMBERED = 10_000;

/**
 * Publishes what documents have raised (the transactional outbox pattern: Richardson, "Microservices
 * Patterns", section 3.3.7).
 *
 * Directly after a save the document's entries are handed to the bus, in order; when the bus acknowledges
 * one it is cleared from the document, many in one write. What a crash or an outage leaves behind is found
 * by a sweep and published in order, one after the other per document. An event is published at least once:
 * consumers recognize duplicates by the version.
 */
export class Relay {
  /** Sweeps at the start, after every reconnection (`trigger`) and then every second. */
  readonly sweeps = periodic('outbox-sweep', SWEEP_MS, (isFirst) => this.sweep(isFirst ? 0 : SETTLING_MS));

  private readonly publisherOf: Map<string, Publisher<Event>>;
  private readonly inFlight = new Map<string, Promise<boolean>>();
  private readonly acknowledged = new Set<string>();
  private toClear = new Map<OutboxModel, Map<string, { id: DocumentId; eventIds: string[] }>>();
  private clearTimer?: NodeJS.Timeout;
  private clearing: Promise<void> = Promise.resolve();

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
      publish: (subject, data, callback) => client().publish(subject, data, callback),
      subscribe: (request, onMessage) => client().subscribe(request, onMessage),
    };
    this.publisherOf = new Map(
      publishers.map((PublisherOfOne) => {
        const publisher = new PublisherOfOne(transport);
        return [publisher.subject, publisher];
      }),
    );
    for (const model of models) observeOutbox(model, (...saved) => this.publish(...saved));
  }

  /** Stops sweeping and resolves when everything in flight is acknowledged and cleared, or has failed. */
  async stop(): Promise<void> {
    await this.sweeps.stop();
    await Promise.all(this.inFlight.values());
    await this.clear();
  }

  /**
   * Hands a document's entries to the bus before it returns, in order, but for those already in flight.
   * Never throws and never waits: after a failure the entry stays for the sweep.
   */
  publish(model: OutboxModel, id: DocumentId, entries: readonly OutboxEntry[]): void {
    for (const entry of entries) void this.send(model, id, entry);
  }

  /**
   * Publishes the pending events of all models.
   *
   * @param settlingMs leave out what was raised within so many milliseconds
   */
  async sweep(settlingMs: number): Promise<void> {
    if (!isMongoConnected()) return;
    const before = new Date(Date.now() - settlingMs);
    for (const model of this.models) {
      const documents = await model.collection
        .find<Pending>({ 'outbox.occurredAt': { $lte: before } }, { projection: { outbox: 1 } })
        .sort({ 'outbox.occurredAt': 1 })
        .limit(SWEEP_LIMIT)
        .toArray();
      if (documents.length > 0)
        logger.info(
          { model: model.modelName, documents: documents.length },
          'publishing pending outbox events',
        );
      await Promise.all(documents.map(({ _id, outbox }) => this.sendInTurn(model, _id, outbox)));
    }
  }

  private async sendInTurn(
    model: OutboxModel,
    id: DocumentId,
    entries: readonly OutboxEntry[],
  ): Promise<void> {
    for (const entry of entries) {
      if (!(await this.send(model, id, entry))) return;
    }
  }

  /** Resolves to whether the bus has the event. */
  private send(model: OutboxModel, id: DocumentId, entry: OutboxEntry): Promise<boolean> {
    const { eventId, subject } = entry;
    if (this.acknowledged.has(eventId)) {
      this.clearSoon(model, id, eventId);
      return Promise.resolve(true);
    }
    const pending = this.inFlight.get(eventId);
    if (pending) return pending;
    const sent = this.publishEntry(entry)
      .then(
        () => {
          this.remember(eventId);
          this.clearSoon(model, id, eventId);
          return true;
        },
        (error: unknown) => {
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

  private clearSoon(model: OutboxModel, id: DocumentId, eventId: string): void {
    const documents = this.toClear.get(model) ?? new Map<string, { id: DocumentId; eventIds: string[] }>();
    this.toClear.set(model, documents);
    const document = documents.get(String(id)) ?? { id, eventIds: [] };
    documents.set(String(id), document);
    document.eventIds.push(eventId);
    this.clearTimer ??= setTimeout(() => {
      this.clearTimer = undefined;
      void this.clear();
    }, CLEAR_MS).unref();
  }

  private clear(): Promise<void> {
    const batch = this.toClear;
    this.toClear = new Map();
    this.clearing = this.clearing.then(async () => {
      if (!isMongoConnected()) return;
      for (const [model, documents] of batch) {
        try {
          await model.collection.bulkWrite([...documents.values()].flatMap(clearingOf));
        } catch (error) {
          // The entries stay; the sweep finds them and, since they are remembered, only clears them.
          logger.warn({ err: error, model: model.modelName }, 'clearing the outbox failed; retrying later');
        }
      }
    });
    return this.clearing;
  }
}

/** Removes entries without touching the version, and the empty array with the last: the index stays small. */
const clearingOf = ({
  id,
  eventIds,
}: {
  id: DocumentId;
  eventIds: string[];
}): mongoose.mongo.AnyBulkWriteOperation[] => [
  {
    updateOne: {
      filter: { _id: id },
      update: { $pull: { outbox: { eventId: { $in: eventIds } } } } as object,
    },
  },
  { updateOne: { filter: { _id: id, outbox: { $size: 0 } }, update: { $unset: { outbox: 1 } } } },
];
