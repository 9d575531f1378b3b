import { backoff } from '../backoff';

describe('backoff', () => {
  it('when tries go on, then the wait doubles up to three seconds, half of it at random', () => {
    for (const [attempt, ceiling] of [
      [0, 100],
      [1, 200],
      [4, 1600],
      [5, 3000],
      [1000, 3000],
    ] as const) {
      const waits = Array.from({ length: 200 }, () => backoff(attempt));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(ceiling / 2);
      expect(Math.max(...waits)).toBeLessThanOrEqual(ceiling);
      expect(new Set(waits).size).toBeGreaterThan(1);
    }
  });
});
