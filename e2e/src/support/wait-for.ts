import { inspect } from 'node:util';
import { retry } from 'es-toolkit';

export interface WaitOptions {
  timeoutMs?: number;
  everyMs?: number;
}

/** Thrown while the condition does not hold. */
class NotYet extends Error {
  constructor(readonly state: unknown) {
    super();
  }
}

const describe = (error: unknown): string =>
  error instanceof NotYet
    ? `last state: ${inspect(error.state, { depth: 6, breakLength: 110, maxArrayLength: 20 })}`
    : `reading it failed: ${inspect(error)}`;

/**
 * Reads the state repeatedly until the condition holds.
 *
 * @returns the state for which it holds
 * @throws Error that names what was waited for, and the last state or why it could not be read
 */
export const waitFor = async <State>(
  what: string,
  read: () => Promise<State> | State,
  condition: (state: State) => boolean,
  { timeoutMs = 15_000, everyMs = 50 }: WaitOptions = {},
): Promise<State> => {
  const attempt = async (): Promise<State> => {
    const state = await read();
    if (!condition(state)) throw new NotYet(state);
    return state;
  };
  try {
    return await retry(attempt, { delay: everyMs, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new Error(`Waited ${timeoutMs} ms for ${what}; ${describe(error)}`, { cause: error });
  }
};

/** Waits until no problem is found; checks that read whole databases are repeated less often. */
export const waitForNone = (
  what: string,
  find: () => Promise<string[]>,
  timeoutMs = 60_000,
): Promise<string[]> => waitFor(what, find, (problems) => problems.length === 0, { timeoutMs, everyMs: 250 });
