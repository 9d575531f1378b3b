const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/**
 * The smallest value that at least the share `p` of the values does not exceed (nearest rank).
 *
 * @param p from 0 to 1
 * @throws RangeError when there is no value
 */
export const percentile = (values: readonly number[], p: number): number => {
  const rank = Math.max(1, Math.ceil(p * values.length));
  const value = sorted(values)[rank - 1];
  if (value === undefined) throw new RangeError('a percentile needs at least one value');
  return value;
};

/**
 * The middle value; of an even number of values the mean of the two in the middle.
 *
 * @throws RangeError when there is no value
 */
export const median = (values: readonly number[]): number => {
  const inOrder = sorted(values);
  const [low, high] = [inOrder[Math.ceil(inOrder.length / 2) - 1], inOrder[Math.floor(inOrder.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError('a median needs at least one value');
  return (low + high) / 2;
};
