/** A younger payment is being settled by the request that recorded it, in milliseconds. */
const FIRST_MS = 10_000;
const MAX_MS = 3_600_000;
/** After so many tries in vain, in three and a half hours, a person has to look. */
const MAX_TRIES = 12;

/** When a payment is to be tried again, should nothing else settle it. */
export interface Retries {
  /** How often in vain. */
  tries?: number;
  /** Absent where an earlier version has recorded it: at once. */
  nextTryAt?: Date;
  /** It is not tried any more before a person has looked at it. */
  needsAttention?: true;
}

/** How long something waits for its next try after so many that failed, in milliseconds: 10 s, doubled up to an hour. */
export const retryDelayMs = (tries: number): number =>
  Math.min(MAX_MS, FIRST_MS * 2 ** Math.max(0, tries - 1));

const inMs = (ms: number): Date => new Date(Date.now() + Math.min(ms, MAX_MS));

/** The first try beside the request or the listener that is at work. */
export const firstTry = (): Retries => ({
  tries: undefined,
  nextTryAt: inMs(FIRST_MS),
  needsAttention: undefined,
});

/** After a try in vain. */
export const afterFailure = ({ tries: before = 0 }: Retries): Retries => {
  const tries = before + 1;
  return {
    tries,
    nextTryAt: inMs(retryDelayMs(tries)),
    needsAttention: tries >= MAX_TRIES ? true : undefined,
  };
};

/** After a look that has found that it is the buyer's turn: the longer they take, the longer it is to the next. */
export const afterLook = ({ createdAt }: { createdAt: Date }): Retries => ({
  tries: undefined,
  nextTryAt: inMs(Math.max(FIRST_MS, Date.now() - createdAt.getTime())),
});

/** Nothing is left to try. */
export const noRetries: Retries = { tries: undefined, nextTryAt: undefined, needsAttention: undefined };
