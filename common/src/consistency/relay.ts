import mongoose, { type Model, type Types } from 'mongoose';
import type { Event } from '../events/events';
import type { Publisher, PublisherClass } from '../events/publisher';
import type { EventTransport } from '../events/transport';
import { logger } from '../logging/logger';

/** An event that its document's change has stored and that the bus has not confirmed yet. */
export interface OutboxEntry {
  eventId: string;
  subject: string;
  /** The event's data, complete with id, version and meta. */
  data: Record<string, unknown>;
  occurredAt: Date;
}

type OutboxModel = Model<{ outbox?: OutboxEntry[] }>;
type DocumentId = Types.ObjectId;

/** How often leftovers are looked for, in milliseconds. */
const SWEEP_MS = 1_000;
/** An entry younger than this is on its way from the process that stored it, in milliseconds. */
const SETTLING_MS = 2_000;
/** How long confirmed entries are gathered before they are cleared in one write, in milliseconds. */
const CLEAR_MS = 20;
/** Documents per sweep and model; the next sweep takes the next ones. */
const SWEEP_LIMIT = 200;
/** Confirmed event ids that are remembered, so that a stale copy of a document does not tell them again. */
const REMEMBERED = 10_000;

/**
 * Publishes what documents have raised (the transactional outbox pattern: Richardson, "Microservices
 * Patterns", section 3.3.7).
 *
 * At once after a save the document's entries are handed to the bus, in order; when the bus confirms one
 * it is cleared from the document, many in one write. What is left behind, by a crash or an outage, is
 * found by a sweep and published in order, one after the other per document. An event is published at
 * least once: consumers recognize repetitions by the version.
 */
export class Relay<P extends readonly PublisherClass[] = readonly PublisherClass[]> {
  private readonly publisherOf: Map<string, Publisher<Event>>;
  private readonly inFlight = new Map<string, Promise<boolean>>();
  private readonly confirmed = new Set<string>();
  private toClear = new Map<OutboxModel, Map<string, { id: DocumentId; eventIds: string[] }>>();
  private clearTimer?: NodeJS.Timeout;
  private sweepTimer?: NodeJS.Timeout;
  private sweeping?: Promise<void>;
  private clearing: Promise<void> = Promise.resolve();

  /**
   * @param client the bus of the service (`natsWrapper.client`), asked for when something is published
   * @param publishers the classes of all events that this service may publish
   */
  constructor(client: () => EventTransport, publishers: P) {
    // The transport is looked up per call: in tests it is replaced between them.
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
  }

  /** Begins to sweep, at once and then every second: what an earlier process left behind goes out first. */
  start(): void {
    if (this.sweepTimer) return;
    this.sweepTimer = setInterval(() => void this.sweep(), SWEEP_MS);
    void this.sweep(0);
  }

  /** Stops sweeping and resolves when everything in flight is confirmed and cleared, or has failed. */
  async stop(): Promise<void> {
    clearInterval(this.sweepTimer);
    this.sweepTimer = undefined;
    await this.sweeping;
    await Promise.all(this.inFlight.values());
    await this.clear();
  }

  /**
   * Hands a document's entries to the bus before it returns, in order, but for those already on their
   * way. Never throws and never waits: a failure leaves the entry to the sweep.
   */
  publish(model: OutboxModel, id: DocumentId, entries: readonly OutboxEntry[]): void {
    for (const entry of entries) void this.send(model, id, entry);
  }

  /**
   * Publishes the leftovers of all models with an outbox.
   *
   * @param settlingMs leave alone what was raised within so many milliseconds
   */
  sweep(settlingMs = SETTLING_MS): Promise<void> {
    this.sweeping ??= this.sweepAll(new Date(Date.now() - settlingMs))
      .catch((error: unknown) => logger.warn({ err: error }, 'outbox sweep failed; it is repeated'))
      .finally(() => {
        this.sweeping = undefined;
      });
    return this.sweeping;
  }

  private async sweepAll(before: Date): Promise<void> {
    if (mongoose.connection.readyState !== mongoose.ConnectionStates.connected) return;
    for (const model of Object.values(mongoose.models) as OutboxModel[]) {
      if (!model.schema.path('outbox')) continue;
      const documents = await model
        .find({ 'outbox.occurredAt': { $lte: before } }, { outbox: 1 })
        .sort({ 'outbox.occurredAt': 1 })
        .limit(SWEEP_LIMIT)
        .lean();
      if (documents.length > 0)
        logger.info({ model: model.modelName, documents: documents.length }, 'publishing leftovers');
      await Promise.all(
        documents.map(({ _id, outbox }) => this.sendInTurn(model, _id as DocumentId, outbox ?? [])),
      );
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
    const { eventId } = entry;
    if (this.confirmed.has(eventId)) {
      this.clearSoon(model, id, eventId);
      return Promise.resolve(true);
    }
    const flying = this.inFlight.get(eventId);
    if (flying) return flying;
    const sent = this.publishEntry(entry).then(
      () => {
        this.inFlight.delete(eventId);
        this.remember(eventId);
        this.clearSoon(model, id, eventId);
        return true;
      },
      (error: unknown) => {
        this.inFlight.delete(eventId);
        logger.warn({ err: error, subject: entry.subject, eventId }, 'event not published yet; it is kept');
        return false;
      },
    );
    this.inFlight.set(eventId, sent);
    return sent;
  }

  private async publishEntry({ subject, data }: OutboxEntry): Promise<void> {
    const publisher = this.publisherOf.get(subject);
    if (!publisher) throw new Error(`no publisher for ${subject} in this service`);
    await publisher.publish(data);
  }

  private remember(eventId: string): void {
    this.confirmed.add(eventId);
    if (this.confirmed.size > REMEMBERED) {
      const [oldest] = this.confirmed;
      this.confirmed.delete(oldest!);
    }
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
      if (mongoose.connection.readyState !== mongoose.ConnectionStates.connected) return;
      for (const [model, documents] of batch) {
        try {
          await model.collection.bulkWrite([...documents.values()].flatMap(clearing));
        } catch (error) {
          // The entries stay; the sweep finds them and, since they are remembered, only clears them.
          logger.warn({ err: error, model: model.modelName }, 'outbox not cleared yet');
        }
      }
    });
    return this.clearing;
  }
}

/** Removes entries without touching the version, and the empty array with the last: the index stays small. */
const clearing = ({
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
