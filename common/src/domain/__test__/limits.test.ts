import { cleanTitle, isPrice, PRICE_MAX, PRICE_MIN, toMinorUnits } from '../limits';

describe('toMinorUnits', () => {
  it.each([
    [0, 0],
    [0.01, 1],
    [0.07, 7],
    [0.29, 29],
    [0.57, 57],
    [1, 100],
    [1.1, 110],
    [1.15, 115],
    [4.35, 435],
    [8.2, 820],
    [19.99, 1999],
    [20, 2000],
    [64.1, 6410],
    [1001.13, 100113],
    [8192.03, 819203],
    [0.1 + 0.2, 30],
    [3 * 1.1, 330],
    [10 * 19.99, 19990],
    [PRICE_MAX, 99_999_999],
    [90_071_992_547.41, 9_007_199_254_741],
  ])('when the price is %d, then the card is charged %d cents', (price, cents) => {
    expect(toMinorUnits(price)).toBe(cents);
  });

  it('when every price of a whole range of cents is converted, then none is off by one', () => {
    const wrong: number[] = [];
    for (let cents = 0; cents < 2_000_000; cents += 7)
      if (toMinorUnits(cents / 100) !== cents) wrong.push(cents);
    expect(wrong).toEqual([]);
  });

  it.each([
    1.005,
    0.001,
    19.999,
    0.005,
    5000.005,
    123_456.789,
    999_999.995,
    -0.01,
    -20,
    NaN,
    Infinity,
    -Infinity,
    1e300,
  ])('when the price is %d, then it is refused', (price) => {
    expect(() => toMinorUnits(price)).toThrow(RangeError);
  });
});

describe('isPrice', () => {
  it.each([PRICE_MIN, 0.5, 0.51, 19.99, 20, 0.7 + 0.1, PRICE_MAX])(
    'when it is %d, then a ticket may have it',
    (price) => {
      expect(isPrice(price)).toBe(true);
    },
  );

  it.each([
    0,
    -0,
    -1,
    0.001,
    0.01,
    0.49,
    0.1 + 0.2,
    1.005,
    5000.005,
    999_999.991,
    PRICE_MAX + 0.01,
    1_000_000,
    NaN,
    Infinity,
  ])('when it is %d, then a ticket may not', (price) => {
    expect(isPrice(price)).toBe(false);
  });
});

describe('when a title is kept', () => {
  test.each([
    ['  Concert  ', 'Concert'],
    ['\u202eConcert\u202c', 'Concert'],
    ['Rock\u2066 & \u2069roll', 'Rock & roll'],
    ['Concert\ttonight\u0000', 'Concert tonight'],
    ['\u05d1\u05e8\u05d9\u200e \u0647\u062f\u0649', '\u05d1\u05e8\u05d9\u200e \u0647\u062f\u0649'],
  ])('then %j becomes %j', (title, kept) => {
    expect(cleanTitle(title)).toBe(kept);
  });
});
