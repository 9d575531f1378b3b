import type { RequestHandler, Response } from 'express';
import { logger } from '../logging/logger';
import { BUSY, RETRY_AFTER_SECONDS } from './busy';
import { LoopTurn } from './loop-turn';

/** How many requests a process works on at the same time. */
export interface AdmissionLimits {
  /** In flight at most while requests come faster than they are answered. */
  sustained: number;
  /** In flight at most in a burst, as when a sale opens; by default eight times `sustained`. */
  burst?: number;
  /** How long one may take, in milliseconds, by the rate at which the ones before left; by default any time. */
  maxWaitMs?: number;
}

/** The limit of a process that sets none: about a fifth of a second of work, at a thousand requests a second. */
export const DEFAULT_SUSTAINED = 256;
const BURST_FACTOR = 8;
/** So many are let in however long the ones before took: of fewer the rate says too little. */
const MIN_IN_FLIGHT = 8;
/** The weight of the last gap between two that left, in their mean. */
const GAP_WEIGHT = 0.1;
/** How long a burst may take, in milliseconds: what is still there then is not a burst. */
const BURST_MS = 2_000;
/** A request that was read so many milliseconds after another one of its turn came faster than it could be read. */
const MAX_TURN_MS = 100;
/** A crowd is over when there was none for so many milliseconds: many at once may come in waves. */
const CALM_MS = 500;
/** The event loop's turn, of which a process has one. */
const turn = new LoopTurn();

/**
 * Decides at the door whether a request is worth starting. By Little's law the time that requests take is their number
 * divided by the rate at which they are answered: a bound on the number in flight bounds the time, and whoever is
 * refused knows it at once. Requests that are answered as soon as they are read are never many: they queue in their
 * sockets, and what bounds their time is a bound on the time in which one turn of the event loop reads them.
 *
 * More than `sustained`, or longer turns, are let in for two seconds only: many at one moment are answered one by one,
 * within a moment, but of a rate that cannot be served a longer queue would serve no more. The next burst may come when
 * half of `sustained` is left and there was no crowd for half a second.
 */
export class Admission {
  private readonly sustained: number;
  private readonly burst: number;
  private readonly maxWaitMs: number;
  /** When the last one left, if others were still there. */
  private leftAt?: number;
  /** Milliseconds between two that leave, in the mean. */
  private gapMs = 0;
  private inFlight = 0;
  private crowdedSince?: number;
  private crowdedAt = 0;
  private refused = 0;
  private settling?: NodeJS.Timeout;

  /** @param name for the log */
  constructor(
    private readonly name: string,
    { sustained, burst = sustained * BURST_FACTOR, maxWaitMs = Infinity }: AdmissionLimits,
  ) {
    this.sustained = sustained;
    this.burst = burst;
    this.maxWaitMs = maxWaitMs;
  }

  /** Takes one in, who must `leave`, or refuses. */
  enter(): boolean {
    this.settle();
    if (this.isTooSlow() || (this.isCrowded() && this.isFull())) {
      this.refuse();
      return false;
    }
    this.inFlight += 1;
    return true;
  }

  leave(): void {
    this.inFlight -= 1;
    this.measure();
  }

  private measure(): void {
    if (this.maxWaitMs === Infinity) return;
    const now = performance.now();
    if (this.leftAt !== undefined) this.gapMs += (now - this.leftAt - this.gapMs) * GAP_WEIGHT;
    this.leftAt = this.inFlight > 0 ? now : undefined;
  }

  private isTooSlow(share = 1): boolean {
    return this.inFlight >= MIN_IN_FLIGHT * share && this.inFlight * this.gapMs > this.maxWaitMs * share;
  }

  private isCrowded(): boolean {
    // The turn is asked in any case: it begins with the first question.
    const late = turn.ageMs() > MAX_TURN_MS;
    return late || this.inFlight >= this.sustained;
  }

  private isFull(): boolean {
    const now = performance.now();
    this.crowdedSince ??= now;
    this.crowdedAt = now;
    return this.inFlight >= this.burst || now - this.crowdedSince > BURST_MS;
  }

  /** One line for the whole overload: a line for each refusal would be a load of its own. */
  private refuse(): void {
    this.refused += 1;
    if (this.refused > 1) return;
    logger.warn({ queue: this.name, inFlight: this.inFlight }, 'overloaded; refusing requests');
    // The last one to leave may be the last for a long time.
    this.settling ??= setInterval(() => this.settle(), CALM_MS).unref();
  }

  /** Ends the crowd when it is over: not before half of what is too much, so that the log does not change its mind. */
  private settle(): void {
    if (this.crowdedSince === undefined && this.refused === 0) return;
    if (performance.now() - this.crowdedAt < CALM_MS) return;
    if (this.inFlight > this.sustained / 2 || this.isTooSlow(1 / 2)) return;
    this.crowdedSince = undefined;
    if (this.refused > 0) logger.info({ queue: this.name, refused: this.refused }, 'no longer overloaded');
    this.refused = 0;
    clearInterval(this.settling);
    this.settling = undefined;
  }
}

/** How often, and how long at most, an answer is waited for that no one will read, in milliseconds. */
const ABANDONED_CHECK_MS = 50;
const ABANDONED_MAX_MS = 10_000;

/** A client that has gone leaves its work behind: those who give up and retry must not get past the limit. */
const whenAnswered = (res: Response, done: () => void): void => {
  if (res.writableEnded) return done();
  const deadline = performance.now() + ABANDONED_MAX_MS;
  const timer = setInterval(() => {
    if (!res.writableEnded && performance.now() < deadline) return;
    clearInterval(timer);
    done();
  }, ABANDONED_CHECK_MS).unref();
};

const REFUSAL = JSON.stringify({ errors: [{ message: BUSY }] });
const REFUSAL_HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': Buffer.byteLength(REFUSAL),
  'Retry-After': RETRY_AFTER_SECONDS,
};

/**
 * Middleware that answers 503 with Retry-After, at once, to the requests that an admission refuses.
 *
 * @param admission made at its first use
 */
export const admit = (admission: () => Admission): RequestHandler => {
  let made: Admission | undefined;
  return (_req, res, next) => {
    const door = (made ??= admission());
    if (!door.enter()) {
      // Without express's `send`, which costs half of what a cheap answer does.
      res.writeHead(503, REFUSAL_HEADERS).end(REFUSAL);
      return;
    }
    res.once('close', () => whenAnswered(res, () => door.leave()));
    next();
  };
};
