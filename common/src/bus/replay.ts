import type { Event } from '../events/events';
import { logger } from '../logging/logger';
import { periodic, type Periodic } from '../service/periodic';
import { reasonOf, type DeadLetter, type DeadLetterStore } from './dead-letters';
import type { Listener } from './listener';

/** How often it is looked whether a person wants a letter to be handled again, in milliseconds. */
const LOOK_MS = 15_000;

/**
 * Handles the dead letters again that a person has marked (`npm run dead-letters -- replay`), oldest first. One that
 * fails again stays a dead letter, with its new reason.
 *
 * @param listeners those of the service, read at each run
 */
export const replayWorker = (store: DeadLetterStore, listeners: () => readonly Listener<Event>[]): Periodic =>
  periodic('dead letters', LOOK_MS, async () => {
    for (const letter of await store.wanted()) await replay(store, listeners(), letter);
  });

const replay = async (
  store: DeadLetterStore,
  listeners: readonly Listener<Event>[],
  letter: DeadLetter,
): Promise<void> => {
  const { subject, sequence, queueGroup } = letter;
  const log = { subject, sequence, queueGroup };
  const listener = listeners.find((one) => one.subject === subject && one.queueGroupName === queueGroup);
  try {
    if (!listener) throw new Error(`this service does not listen to ${subject} as ${queueGroup}`);
    await listener.replay(letter);
    await store.remove(letter);
    logger.info(log, 'a dead letter is handled');
  } catch (error) {
    logger.error({ err: error, ...log }, 'a dead letter could not be handled again');
    await store.store({ ...letter, error: reasonOf(error), tries: (letter.tries ?? 0) + 1 });
  }
};
