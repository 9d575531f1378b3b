import { median, percentile } from '../statistics';

describe('when a median is taken', () => {
  it('then it is the middle value, whatever the order', () => expect(median([9, 1, 5])).toBe(5));
  it('then of an even number of values it is the mean of the middle two', () =>
    expect(median([4, 1, 3, 2])).toBe(2.5));
  it('then one value is its own median', () => expect(median([7])).toBe(7));
  it('then values are ordered as numbers, not as text', () => expect(median([10, 9, 100])).toBe(10));
  it('then there must be a value', () => expect(() => median([])).toThrow(RangeError));
});

describe('when a percentile is taken', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  it.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('then %p of 1 to 100 is %p', (p, expected) => expect(percentile(hundred, p)).toBe(expected));
  it('then of few values the nearest rank counts', () => expect(percentile([1, 2, 3], 0.95)).toBe(3));
  it('then there must be a value', () => expect(() => percentile([], 0.5)).toThrow(RangeError));
  it('then the values keep their order', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});
