import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface WaitOptions {
  timeoutMs?: number;
  everyMs?: number;
}

/**
 * Looks again and again until the condition holds, and returns what was seen then.
 *
 * @throws Error that names what was waited for and the last state, or the last error of looking
 */
export const waitFor = async <State>(
  what: string,
  look: () => Promise<State> | State,
  condition: (state: State) => boolean,
  { timeoutMs = 15_000, everyMs = 50 }: WaitOptions = {},
): Promise<State> => {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let seen: string;
    try {
      const state = await look();
      if (condition(state)) return state;
      seen = `last seen: ${inspect(state, { depth: 6, breakLength: 110, maxArrayLength: 20 })}`;
    } catch (error) {
      seen = `looking failed: ${(error as Error).stack}`;
    }
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}; ${seen}`);
    await sleep(everyMs);
  }
};
