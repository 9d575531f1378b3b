import { isDeepStrictEqual } from 'node:util';
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { logger } from '../../logging/logger';
import { BusRefusedError } from '../session';
import type { SubscriptionRequest } from '../transport';

/** The stream that has all events. */
export const STREAM = 'ticketing';
const PREFIX = 'events.';
/** Within this time a repeated event id is recognized, in milliseconds: the relay repeats within seconds. */
const DUPLICATE_WINDOW_MS = 120_000;
/** Waits before each redelivery, as multiples of the listener's `ackWait`; the last one is kept. */
const BACKOFF = [1, 2, 4, 6];

/** An event's subject in the stream, and back. */
export const toStreamSubject = (subject: string): string => `${PREFIX}${subject}`;
export const toEventSubject = (streamSubject: string): string => streamSubject.slice(PREFIX.length);

/** A group's durable consumer of one subject: `orders-service_ticket-created`. */
export const consumerName = ({ queueGroup, subject }: SubscriptionRequest): string =>
  `${queueGroup}_${subject}`.replace(/[^\w-]/g, '-');

/** What a marketplace chooses of its stream. */
export interface StreamChoice {
  /** How many servers keep each event. */
  replicas: number;
  /** For how many days an event is kept, whoever has not received it by then; 0 is for ever. */
  maxAgeDays: number;
}

const DAY_MS = 86_400_000;

const streamConfig = ({ replicas, maxAgeDays }: StreamChoice): Partial<StreamConfig> & { name: string } => ({
  name: STREAM,
  subjects: [`${PREFIX}*`],
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  max_age: nanos(maxAgeDays * DAY_MS),
  // Nothing but age discards an event; where somebody sets another limit, publishing fails, and the outboxes keep it.
  discard: DiscardPolicy.New,
  num_replicas: replicas,
  duplicate_window: nanos(DUPLICATE_WINDOW_MS),
});

const consumerConfig = (request: SubscriptionRequest): Partial<ConsumerConfig> => ({
  durable_name: consumerName(request),
  filter_subject: toStreamSubject(request.subject),
  deliver_policy: DeliverPolicy.All,
  ack_policy: AckPolicy.Explicit,
  ack_wait: nanos(request.ackWaitMs),
  backoff: BACKOFF.map((factor) => nanos(factor * request.ackWaitMs)),
  max_ack_pending: request.maxInFlight,
});

/** Settings of a consumer that its own service decides alone and that change nothing about its position. */
const CONSUMER_OWN = ['ack_wait', 'backoff', 'max_ack_pending'];

type Differences = Record<string, { wanted: unknown; found: unknown }>;

const differences = (wanted: object, found: object): Differences =>
  Object.fromEntries(
    (Object.entries(wanted) as [string, unknown][])
      .map(
        ([field, value]) => [field, { wanted: value, found: Reflect.get(found, field) as unknown }] as const,
      )
      .filter(([, { wanted: one, found: other }]) => !isDeepStrictEqual(one, other)),
  );

const only = (all: Differences, fields: string[]): Differences =>
  Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)));

/** @returns what is asked for, or undefined when it does not exist */
const ifExists = async <T>(info: Promise<T>): Promise<T | undefined> => {
  try {
    return await info;
  } catch (error) {
    const { StreamNotFound, ConsumerNotFound } = JetStreamApiCodes;
    const codes: number[] = [StreamNotFound, ConsumerNotFound];
    if (error instanceof JetStreamApiError && codes.includes(error.code)) return undefined;
    throw error;
  }
};

/**
 * The stream and the consumers, which the services make when they start: idempotently, in any order and at the same
 * time. What exists with another configuration is told.
 */
export class Assets {
  private ensuring?: Promise<void>;

  /**
   * @param seen names of what this process has seen to exist, in this session or an earlier one: when such a thing is
   * missing, it was lost
   */
  constructor(
    private readonly manager: JetStreamManager,
    private readonly choice: StreamChoice,
    private readonly seen: Set<string>,
  ) {}

  /** Makes sure that the stream exists. @throws (rejects) BusRefusedError when it does not keep what it acknowledges */
  ensureStream(): Promise<void> {
    return (this.ensuring ??= this.checkStream().finally(() => {
      this.ensuring = undefined;
    }));
  }

  private async checkStream(): Promise<void> {
    const { streams } = this.manager;
    const wanted = streamConfig(this.choice);
    let found = await ifExists(streams.info(STREAM));
    if (!found) {
      if (this.seen.has(STREAM))
        logger.error({ stream: STREAM }, 'the stream was lost, with all its events; making it anew');
      // The server answers with what exists to whoever asks for the same a moment later.
      found = await streams.add(wanted);
    }
    this.seen.add(STREAM);
    const { config } = found;
    const isAsync = (config.persist_mode ?? 'default') !== 'default';
    if (config.storage !== StorageType.File || config.no_ack || isAsync) {
      throw new BusRefusedError(
        `EVENT_BUS: the stream ${STREAM} has storage ${config.storage}, no_ack ${String(config.no_ack ?? false)} and ` +
          `persist_mode ${config.persist_mode ?? 'default'}; it must have file, false and default to keep what it acknowledges`,
      );
    }
    await this.reconcileStream(differences(wanted, config));
  }

  /** Replicas are raised to what is wanted, never lowered; everything else is for whoever looks after the servers. */
  private async reconcileStream(found: Differences): Promise<void> {
    if (Object.keys(found).length === 0) return;
    const { replicas } = this.choice;
    const isRaised = Number(found.num_replicas?.found) < replicas;
    if (isRaised) await this.manager.streams.update(STREAM, { num_replicas: replicas });
    logger.warn(
      { stream: STREAM, differences: found, changed: isRaised ? ['num_replicas'] : [] },
      'the stream has another configuration than this service expects',
    );
  }

  /** Makes sure that the group's consumer of the subject exists, in a stream that exists. @returns its name */
  async ensureConsumer(request: SubscriptionRequest): Promise<string> {
    await this.ensureStream();
    const { consumers } = this.manager;
    const wanted = consumerConfig(request);
    const name = consumerName(request);
    let found = await ifExists(consumers.info(STREAM, name));
    if (!found) {
      if (this.seen.has(name))
        logger.error({ consumer: name }, 'a consumer was lost; making it anew, from the first event on');
      found = await consumers.add(STREAM, wanted);
    }
    this.seen.add(name);
    await this.reconcileConsumer(name, wanted, differences(wanted, found.config));
    return name;
  }

  private async reconcileConsumer(
    name: string,
    wanted: Partial<ConsumerConfig>,
    found: Differences,
  ): Promise<void> {
    if (Object.keys(found).length === 0) return;
    const changed = Object.keys(only(found, CONSUMER_OWN));
    if (changed.length > 0) {
      const update = Object.fromEntries(changed.map((field) => [field, Reflect.get(wanted, field)]));
      await this.manager.consumers.update(STREAM, name, update);
    }
    logger.warn(
      { consumer: name, differences: found, changed },
      'a consumer has another configuration than this service expects',
    );
  }
}
