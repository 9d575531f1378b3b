import { DEAD_LETTER_DAYS, letterIn, type DeadLetter, type DeadLetterStore } from '@ticketing/common';
import { redis } from './redis';

/** A hash of letters, by bus, subject and sequence. */
const KEY = 'dead-letters';
const DAY_MS = 86_400_000;

interface Kept extends DeadLetter {
  /** ISO 8601. */
  storedAt: string;
  /** A person wants it to be handled again. */
  isWanted?: true;
}

const fieldOf = ({ bus, subject, sequence }: DeadLetter): string =>
  `${bus ? `${bus} ` : ''}${subject}#${sequence}`;

const parse = (text: string): Kept => JSON.parse(text) as Kept;

const isOld = ({ storedAt }: Kept): boolean => Date.parse(storedAt) + DEAD_LETTER_DAYS * DAY_MS < Date.now();

/** This service has no MongoDB: its dead letters are in Redis. */
export const redisDeadLetters: DeadLetterStore = {
  async store(letter) {
    const before = await redis().hget(KEY, fieldOf(letter));
    const storedAt = before ? parse(before).storedAt : new Date().toISOString();
    await redis().hset(KEY, fieldOf(letter), JSON.stringify({ ...letter, storedAt }));
  },

  async wanted() {
    const kept = Object.values(await redis().hgetall(KEY)).map(parse);
    const old = kept.filter(isOld);
    // Fields of a hash end by themselves only in newer servers than are asked for.
    if (old.length > 0) await redis().hdel(KEY, ...old.map(fieldOf));
    return kept
      .filter((letter) => letter.isWanted && !isOld(letter))
      .sort((a, b) => a.sequence - b.sequence)
      .map(letterIn);
  },

  async remove(letter) {
    await redis().hdel(KEY, fieldOf(letter));
  },
};
