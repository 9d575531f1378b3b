import { setTimeout as sleep } from 'node:timers/promises';
import { readBooks, type Books, type Sources } from './books';
import { eventInvariants } from './invariants/events';
import type { Invariant, Violation } from './invariants/invariant';
import { moneyInvariants } from './invariants/money';
import { ticketInvariants } from './invariants/tickets';

/** All that the auditor checks. */
export const invariants: readonly Invariant[] = [...ticketInvariants, ...moneyInvariants, ...eventInvariants];

/** One invariant, checked. */
export interface Finding {
  invariant: Invariant;
  /** How many documents were looked at; undefined where it could not be checked. */
  count: number | undefined;
  violations: Violation[];
}

export const auditBooks = (books: Books): Finding[] =>
  invariants.map((invariant) => {
    const count = invariant.count(books);
    return { invariant, count, violations: count === undefined ? [] : invariant.check(books) };
  });

const isClean = (findings: readonly Finding[]): boolean =>
  findings.every(({ violations }) => violations.length === 0);

const AGAIN_MS = 1_000;

/**
 * Checks every invariant. What is on its way between services looks like a violation, so the books are read again until
 * there is none or the time is over.
 *
 * @param settleMs how long to wait for a marketplace that is at work, in milliseconds
 * @throws MongoError, StripeError when the books cannot be read
 */
export const audit = async (sources: Sources, settleMs = 0): Promise<Finding[]> => {
  const deadline = Date.now() + settleMs;
  for (;;) {
    const findings = auditBooks(await readBooks(sources));
    if (isClean(findings) || Date.now() + AGAIN_MS > deadline) return findings;
    await sleep(AGAIN_MS);
  }
};
