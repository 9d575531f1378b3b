import { logger, redisOptions, retryRedisAfter } from '@ticketing/common';
import Redis from 'ioredis';
import { config } from '../config';

/** Milliseconds until a connection counts as lost that does not answer a command. */
const SOCKET_TIMEOUT_MS = 10_000;
/** How often Redis is asked whether it answers, in milliseconds. */
const ASK_MS = 1_000;
/** A Redis that has answered nothing for so long is not there, in milliseconds. */
const SILENT_MS = 3_000;

/** All connections, Bull's own included: it forgets those that it is still opening when it is closed. */
const connections: Redis[] = [];

/** A new connection. Commands wait for Redis however long it is unreachable: one must not give up before it is back. */
export const connectRedis = (): Redis => {
  const redis = new Redis({
    ...redisOptions(config.REDIS_URL, config.REDIS_TLS_CA),
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    // A Redis that hangs is as good as gone: the connection is made anew, and its commands are sent again. Longer than
    // the five seconds for which a worker's command waits for a job.
    socketTimeout: SOCKET_TIMEOUT_MS,
    retryStrategy: retryRedisAfter,
  });
  redis.on('error', (error: Error) => logger.warn({ reason: error.message }, 'Redis is not connected'));
  connections.push(redis);
  return redis;
};

/** Asks a Redis again and again whether it answers: the kernel takes connections for a process that hangs. */
class Heartbeat {
  private answeredAt = -Infinity;
  private isAsking = false;
  private readonly timer = setInterval(() => void this.ask(), ASK_MS).unref();

  constructor(private readonly redis: Redis) {
    void this.ask();
  }

  get isAnswered(): boolean {
    return this.redis.status === 'ready' && performance.now() - this.answeredAt < SILENT_MS;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async ask(): Promise<void> {
    // One question waits, however long Redis is gone.
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await this.redis.ping();
      this.answeredAt = performance.now();
    } catch {
      // Not now; the connection says why.
    } finally {
      this.isAsking = false;
    }
  }
}

let shared: { redis: Redis; heartbeat: Heartbeat } | undefined;

/** The connection that commands go through; made at first use. */
export const redis = (): Redis => {
  if (!shared) {
    const connection = connectRedis();
    shared = { redis: connection, heartbeat: new Heartbeat(connection) };
  }
  return shared.redis;
};

/** Whether Redis has answered within the last seconds; false before its first use. */
export const isRedisAnswering = (): boolean => shared?.heartbeat.isAnswered ?? false;

/**
 * Closes all connections. What waits for an answer is rejected.
 *
 * @returns closes again those of them that were opened anew meanwhile
 */
export const disconnectRedis = (): (() => void) => {
  shared?.heartbeat.stop();
  shared = undefined;
  const closed = connections.splice(0);
  const close = () => closed.forEach((connection) => connection.disconnect());
  close();
  return close;
};
