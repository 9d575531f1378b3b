import { revisionOf } from '@ticketing/common';
import { LRUCache } from 'lru-cache';
import { Ticket } from '../models/ticket';

/** How old an answer may be, in milliseconds; every viewer sees the same, and nothing is decided by it. */
const MAX_AGE_MS = 300;
const MAX_ANSWERS = 2_000;

interface Answer<T> {
  /** This process's revision of the tickets when the answer was read: its own changes show at once. */
  revision: number;
  value: Promise<T>;
}

/**
 * Makes a read that is shared by all who ask the same at the same moment, and by those who ask within
 * `MAX_AGE_MS`, unless this process has changed a ticket meanwhile.
 *
 * @param read what is answered from memory; a read that fails is not remembered
 */
export const cached = <T extends object>(
  read: (key: string) => Promise<T>,
): ((key: string) => Promise<T>) => {
  const answers = new LRUCache<string, Answer<T>>({ max: MAX_ANSWERS, ttl: MAX_AGE_MS });
  return (key) => {
    const revision = revisionOf(Ticket);
    const known = answers.get(key);
    if (known?.revision === revision) return known.value;
    const value = read(key);
    answers.set(key, { revision, value });
    value.catch(() => answers.delete(key));
    return value;
  };
};
