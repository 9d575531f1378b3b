import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '../logging/logger';
import { isMongoConnected } from '../mongo/connect';
import { revocationModel, revocationsSince, storeRevocation, type Revocation } from './revocation-store';

/** How old what a process knows may be when it decides about a session, in milliseconds. */
const MAX_AGE_MS = 1_000;
/** A request waits so long for the database, then what is known decides: it will hardly get more from it. */
const MAX_WAIT_MS = 500;
/** What was stored shortly before the last read may have become visible after it, in milliseconds. */
const OVERLAP_MS = 10_000;
/** How often revocations are forgotten whose tokens have expired, in milliseconds. */
const PRUNE_MS = 60_000;

/** A session, as a token names it. */
export interface SessionName {
  userId: string;
  /** Absent in tokens of before sessions had ids. */
  sessionId?: string;
  epoch: number;
}

/**
 * The sessions that have ended before their tokens expire. An event reaches one process of a service, which stores it in
 * the database that all of them share; the others read there what is new, once a second at most and only while requests
 * come. Whoever checks a session therefore asks nothing of the auth service, and nothing of the database for itself.
 */
export class RevokedSessions {
  /** When the last token expires, in milliseconds since the epoch, by session. */
  private readonly sessions = new Map<string, number>();
  private readonly users = new Map<string, { epoch: number; until: number }>();
  private readAt = -Infinity;
  private lastStored = new Date(0);
  private isReading = false;
  private waiting?: Promise<void>;
  private prunedAt = performance.now();
  private isFailing = false;

  constructor() {
    // Its indexes are built when the service connects.
    revocationModel();
  }

  /** Whether a session has ended, as far as this process knows. */
  has({ userId, sessionId, epoch }: SessionName): boolean {
    const user = this.users.get(userId);
    return (
      (user !== undefined && epoch < user.epoch) || (sessionId !== undefined && this.sessions.has(sessionId))
    );
  }

  /** Lets this process know of a revocation at once; `store` tells the others. */
  note(revocation: Revocation): void {
    const until = revocation.until.getTime();
    if (until <= Date.now()) return;
    if ('sessionId' in revocation) this.sessions.set(revocation.sessionId, until);
    else if ((this.users.get(revocation.userId)?.epoch ?? 0) <= revocation.epoch)
      this.users.set(revocation.userId, { epoch: revocation.epoch, until });
  }

  /** Notes a revocation and stores it for the other processes of the service. */
  async store(revocation: Revocation): Promise<void> {
    this.note(revocation);
    await storeRevocation(revocation);
  }

  /**
   * Reads what other processes have stored, if that was not done within the last second.
   *
   * @returns undefined where what is known is recent enough; else resolves when it is, or cannot be made so in time
   */
  refresh(): Promise<void> | undefined {
    if (this.isReading || performance.now() - this.readAt < MAX_AGE_MS) return this.waiting;
    // Without its database a service has no answer that matters; this must not be what keeps it from answering.
    if (!isMongoConnected()) return undefined;
    this.isReading = true;
    this.readAt = performance.now();
    const reading = this.read().finally(() => {
      this.isReading = false;
      this.waiting = undefined;
    });
    return (this.waiting = Promise.race([reading, sleep(MAX_WAIT_MS, undefined, { ref: false })]));
  }

  private async read(): Promise<void> {
    try {
      const since = new Date(this.lastStored.getTime() - OVERLAP_MS);
      const { revocations, last } = await revocationsSince(since);
      for (const revocation of revocations) this.note(revocation);
      if (last > this.lastStored) this.lastStored = last;
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing)
        logger.warn({ err: error }, 'revoked sessions cannot be read; those known are used');
      this.isFailing = true;
    }
    this.prune();
  }

  private prune(): void {
    if (performance.now() - this.prunedAt < PRUNE_MS) return;
    this.prunedAt = performance.now();
    const now = Date.now();
    for (const [id, until] of this.sessions) if (until <= now) this.sessions.delete(id);
    for (const [id, { until }] of this.users) if (until <= now) this.users.delete(id);
  }
}
