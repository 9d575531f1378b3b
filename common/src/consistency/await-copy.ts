import { setTimeout as sleep } from 'node:timers/promises';

/** How long somebody is made to wait for an event that is on its way to our copy, in milliseconds. */
const WAIT_MS = 1_000;
const POLL_MS = 50;

/**
 * Reads a copy of another service's document, waiting a second at most for the event that brings it: who acts in
 * the moment after a change must not be told that it has not happened.
 *
 * @param read looks the copy up
 * @param isRecent whether it is what the caller has seen; by default any is
 * @returns the copy as it is when it is recent or the time is up; null when there is none by then
 */
export const awaitCopy = async <T>(
  read: () => Promise<T | null>,
  isRecent: (copy: T) => boolean = () => true,
): Promise<T | null> => {
  for (let waited = 0; ; waited += POLL_MS) {
    const copy = await read();
    if ((copy && isRecent(copy)) || waited >= WAIT_MS) return copy;
    await sleep(POLL_MS);
  }
};
