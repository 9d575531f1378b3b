import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { OutOfOrderError } from '../errors/version-errors';
import { eventSchemas, type Event, type EventMeta } from '../events/events';
import type { Subjects } from '../events/subjects';
import { correlationId, runInContext } from '../logging/context';
import { logger } from '../logging/logger';
import { mongoDeadLetters } from '../mongo/dead-letters';
import { Attempts, isTransient, MAX_TRIES } from './attempts';
import { reasonOf, type DeadLetter, type DeadLetterStore } from './dead-letters';
import { KeyedQueue } from './keyed-queue';
import type { EventTransport, Message, Subscription } from './transport';

/** Waits between the retries of an event that arrived before its predecessor, in milliseconds. */
const GAP_WAITS_MS = [25, 50, 100, 200, 400];
/** For so long the predecessor of an event may itself be waiting somewhere, in milliseconds. */
const GAP_PATIENCE_MS = 900_000;

/** One queue for the whole process: listeners of different subjects change the same documents. */
const documents = new KeyedQueue();

/**
 * Listens to one kind of event as a member of a durable queue group.
 *
 * A message is parsed, checked against its subject's schema and given to `onMessage`, which acknowledges
 * it when its effect is stored. Messages about one document are handled one after the other, those about
 * different documents concurrently. When `onMessage` fails, the error is logged and the message is
 * redelivered, less and less often; an event that arrived out of order (`OutOfOrderError`) is first retried in
 * process, since reordering takes milliseconds.
 *
 * A message that violates its schema goes to the dead letters at once. One that fails eight times goes there, too, so
 * that it does not hold up the others for ever; but not while a server is away (`isTransient`), and one whose
 * predecessor is missing after a quarter of an hour at the earliest.
 *
 * @example
 * class OrderCancelledListener extends Listener<OrderCancelledEvent> {
 *   readonly subject = Subjects.OrderCancelled;
 *   readonly queueGroupName = 'payments-service';
 *   async onMessage(data: OrderCancelledEvent['data'], msg: Message) { …; msg.ack(); }
 * }
 */
export abstract class Listener<T extends Event> {
  abstract readonly subject: T['subject'];
  /** The durable group: all processes of a service share it, and so its messages. */
  abstract readonly queueGroupName: string;

  /** Milliseconds after which an unacknowledged message is delivered again. */
  protected readonly ackWait: number = 5_000;
  /** How many unacknowledged messages this process holds at most. */
  protected readonly maxInFlight: number = 64;

  /** How often a message may fail before it becomes a dead letter. */
  protected readonly maxTries: number = MAX_TRIES;
  /** For how long the predecessor of an event may be missing before the event becomes a dead letter, in milliseconds. */
  protected readonly gapPatience: number = GAP_PATIENCE_MS;

  private deadLetters: Pick<DeadLetterStore, 'store'> = mongoDeadLetters;
  private subscription?: Subscription;
  private attempts?: Attempts;
  private readonly inFlight = new Map<number, Promise<void>>();

  constructor(protected readonly client: EventTransport) {}

  /**
   * Applies one event and then calls `msg.ack()`. May be called again with the same event, so it must be
   * idempotent. Throwing leaves the message for redelivery.
   */
  abstract onMessage(data: T['data'], msg: Message): Promise<void> | void;

  /** What `data` is about: messages with the same key are handled in turn. By default the order or the document's id. */
  protected key(data: T['data']): string {
    const { orderId, id } = data as { orderId?: string; id?: string };
    return orderId ?? id ?? this.subject;
  }

  /** The run-time schema of the messages; a subject of your own needs one of your own. */
  protected schema(): z.ZodType<T['data']> {
    return eventSchemas[this.subject as Subjects] as z.ZodType<T['data']>;
  }

  /**
   * Begins to listen, from the group's position; a new group begins with the first message ever.
   *
   * @param deadLetters where messages go that cannot be handled; by default the service's MongoDB
   */
  listen(deadLetters: Pick<DeadLetterStore, 'store'> = mongoDeadLetters): void {
    this.deadLetters = deadLetters;
    this.attempts = new Attempts(this.ackWait);
    this.subscription = this.client.subscribe(
      {
        subject: this.subject,
        queueGroup: this.queueGroupName,
        ackWaitMs: this.ackWait,
        maxInFlight: this.maxInFlight,
      },
      (message) => this.take(message),
    );
  }

  /** Takes no more messages and resolves when those in flight are handled. Safe if never listening. */
  async stop(): Promise<void> {
    this.subscription?.close();
    this.subscription = undefined;
    await Promise.all(this.inFlight.values());
  }

  /**
   * Handles a dead letter once more.
   *
   * @throws (rejects) what `onMessage` throws; Error when the letter violates its schema
   */
  async replay({ subject, sequence, data }: DeadLetter): Promise<void> {
    const message: Message = {
      getSubject: () => subject,
      getSequence: () => sequence,
      getData: () => data,
      // The bus has forgotten it.
      ack: () => undefined,
    };
    const parsed = this.parse(message);
    if ('schemaError' in parsed) throw new Error(parsed.schemaError);
    await this.inContext(parsed.data, message);
  }

  /**
   * A message redelivered while it is in flight is slow, not lost; one that has failed again and again is not tried at
   * each delivery.
   */
  private take(message: Message): void {
    const sequence = message.getSequence();
    if (this.inFlight.has(sequence) || this.attempts?.isEarly(sequence)) return;
    const handled = this.handle(message)
      .then(() => this.attempts?.succeed(sequence))
      .catch((error: unknown) => this.fail(message, error))
      .catch((error: unknown) =>
        logger.error(
          { err: error, subject: this.subject, sequence },
          'event handling failed; awaiting redelivery',
        ),
      )
      .finally(() => this.inFlight.delete(sequence));
    this.inFlight.set(sequence, handled);
  }

  private async handle(message: Message): Promise<void> {
    const parsed = this.parse(message);
    if (!('schemaError' in parsed)) return this.inContext(parsed.data, message);
    logger.error(
      { subject: this.subject, sequence: message.getSequence(), schemaError: parsed.schemaError },
      'event violates its schema; stored as a dead letter',
    );
    await this.deadLetter(message, parsed.schemaError);
  }

  private inContext(data: T['data'], message: Message): Promise<void> {
    const { meta } = data as { meta?: EventMeta };
    return runInContext(
      { correlationId: meta?.correlationId ?? correlationId(), eventId: meta?.eventId },
      () => this.apply(data, message),
    );
  }

  private async apply(data: T['data'], message: Message): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await documents.run(this.key(data), () => this.onMessage(data, message));
        logger.debug({ subject: this.subject, sequence: message.getSequence() }, 'event handled');
        return;
      } catch (error) {
        const wait = GAP_WAITS_MS[attempt];
        if (wait === undefined || !(error instanceof OutOfOrderError)) throw error;
        // The place in the document's queue is given up, so that the missing event can pass.
        await sleep(wait);
      }
    }
  }

  /** Leaves a message for redelivery, or puts it aside when that has not helped. */
  private async fail(message: Message, error: unknown): Promise<void> {
    const sequence = message.getSequence();
    const log = { subject: this.subject, sequence };
    if (!this.attempts || isTransient(error)) throw error;
    const { tries, forMs } = this.attempts.fail(sequence);
    const isGap = error instanceof OutOfOrderError;
    if (tries >= this.maxTries && (!isGap || forMs >= this.gapPatience)) {
      logger.error({ err: error, tries, ...log }, 'event cannot be handled; stored as a dead letter');
      await this.deadLetter(message, reasonOf(error), tries);
      this.attempts.succeed(sequence);
    } else if (isGap) {
      logger.warn({ ...log, tries, reason: error.message }, 'event out of order; awaiting redelivery');
    } else {
      logger.error({ err: error, tries, ...log }, 'event handling failed; awaiting redelivery');
    }
  }

  private parse(message: Message): { data: T['data'] } | { schemaError: string } {
    let json: unknown;
    try {
      json = JSON.parse(message.getData().toString());
    } catch {
      return { schemaError: 'not JSON' };
    }
    const parsed = this.schema().safeParse(json);
    return parsed.success ? { data: parsed.data } : { schemaError: z.prettifyError(parsed.error) };
  }

  private async deadLetter(message: Message, error: string, tries?: number): Promise<void> {
    await this.deadLetters.store({
      subject: this.subject,
      sequence: message.getSequence(),
      bus: this.client.busName,
      queueGroup: this.queueGroupName,
      data: message.getData().toString(),
      error,
      tries,
    });
    message.ack();
  }
}

/** A concrete listener's class. */
export type ListenerClass = new (client: EventTransport) => Listener<Event>;
