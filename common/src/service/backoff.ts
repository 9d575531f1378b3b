/**
 * How long to wait before try number `attempt` (from 0): doubling from 100 ms to 3 s, with "equal jitter"
 * (half fixed, half random: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so
 * that processes which lost the same server do not return in step.
 *
 * @returns milliseconds
 */
export const backoff = (attempt: number): number => {
  const ceiling = Math.min(3_000, 100 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + Math.random() * (ceiling / 2);
};
