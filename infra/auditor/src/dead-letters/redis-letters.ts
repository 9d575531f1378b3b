import Redis from 'ioredis';
import type { Letter, Letters } from './letters';

const HASH = 'dead-letters';

type Stored = Omit<Letter, 'id' | 'storedAt' | 'isWanted'> & { storedAt: string; isWanted?: boolean };

/** The dead letters of expiration, which has no MongoDB. */
export class RedisLetters implements Letters {
  readonly service = 'expiration';
  private readonly redis: Redis;

  constructor(url: string) {
    this.redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
    // The command that fails says so.
    this.redis.on('error', () => undefined);
  }

  async list(): Promise<Letter[]> {
    const fields = Object.entries(await this.redis.hgetall(HASH));
    return fields.map(([field, text]) => {
      const { storedAt, isWanted = false, ...letter } = JSON.parse(text) as Stored;
      return { ...letter, id: `${this.service}:${field}`, storedAt: new Date(storedAt), isWanted };
    });
  }

  async want(key: string): Promise<boolean> {
    const text = await this.redis.hget(HASH, key);
    if (text === null) return false;
    const letter: Stored = { ...(JSON.parse(text) as Stored), isWanted: true };
    await this.redis.hset(HASH, key, JSON.stringify(letter));
    return true;
  }

  async discard(key: string): Promise<boolean> {
    return (await this.redis.hdel(HASH, key)) > 0;
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    return Promise.resolve();
  }
}
