import { isDatabaseUnavailable } from '../mongo/unavailable';
import { ServiceUnavailableError } from '../errors/http-errors';

/** After so many failures a message is put aside, if time alone does not help. */
export const MAX_TRIES = 8;
/** The longest wait between two tries, in milliseconds. */
const MAX_WAIT_MS = 60_000;
/** What another process may have handled meanwhile is forgotten after this time, in milliseconds. */
const FORGET_MS = 3_600_000;

/** Codes of Node.js for a server that cannot be reached. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Whether an error, or what caused it, says that a server is not there just now: the message that was handled is not at
 * fault, however often it fails.
 */
export const isTransient = (error: unknown): boolean => {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (isDatabaseUnavailable(current) || current instanceof ServiceUnavailableError) return true;
    if (typeof code === 'string' && UNREACHABLE.has(code)) return true;
  }
  return false;
};

interface Attempt {
  tries: number;
  /** Milliseconds since the epoch. */
  firstAt: number;
  nextAt: number;
}

/** What a message has failed so far, in this process. */
export class Attempts {
  private readonly failed = new Map<number, Attempt>();

  /** @param firstWaitMs between the second failure and the next try; twice as long after each further one */
  constructor(private readonly firstWaitMs: number) {}

  /** Whether a redelivered message comes before its next try: it is left for a later delivery. */
  isEarly(sequence: number): boolean {
    return (this.failed.get(sequence)?.nextAt ?? 0) > Date.now();
  }

  /**
   * Notes a failure.
   *
   * @returns how often it has failed, and for how long, in milliseconds
   */
  fail(sequence: number): { tries: number; forMs: number } {
    const now = Date.now();
    const { tries: before, firstAt } = this.failed.get(sequence) ?? { tries: 0, firstAt: now };
    const tries = before + 1;
    const wait = tries < 2 ? 0 : Math.min(this.firstWaitMs * 2 ** (tries - 2), MAX_WAIT_MS);
    // A delivery that is due at the same time must not miss it.
    this.failed.set(sequence, { tries, firstAt, nextAt: now + 0.8 * wait });
    this.forgetOld(now);
    return { tries, forMs: now - firstAt };
  }

  succeed(sequence: number): void {
    this.failed.delete(sequence);
  }

  private forgetOld(now: number): void {
    for (const [sequence, { nextAt }] of this.failed) {
      if (nextAt + FORGET_MS > now) return;
      this.failed.delete(sequence);
    }
  }
}
