import type { DeadLetterStore } from '@ticketing/common';
import { redis } from './redis';

/** This service has no MongoDB: its dead letters are a hash in Redis, by bus, subject and sequence. */
export const redisDeadLetters: DeadLetterStore = {
  async store(letter) {
    const field = `${letter.bus ? `${letter.bus} ` : ''}${letter.subject}#${letter.sequence}`;
    await redis().hset(
      'dead-letters',
      field,
      JSON.stringify({ ...letter, storedAt: new Date().toISOString() }),
    );
  },
};
