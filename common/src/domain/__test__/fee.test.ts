import { DEFAULT_FEE, isFeeFixed, isFeePercent, serviceFee } from '../limits';

describe('when the service fee of a sale is computed', () => {
  it.each([
    [2_000, DEFAULT_FEE, 130],
    [2_050, DEFAULT_FEE, 133],
    [50, DEFAULT_FEE, 33],
    [20, DEFAULT_FEE, 20],
    [0, DEFAULT_FEE, 0],
    [2_000, { percent: 0, fixed: 0 }, 0],
    [2_000, { percent: 0, fixed: 45 }, 45],
    [2_000, { percent: 100, fixed: 0 }, 2_000],
    [2_000, { percent: 100, fixed: 30 }, 2_000],
    [10, { percent: 5, fixed: 0 }, 1],
    [9, { percent: 5, fixed: 0 }, 0],
    [50, { percent: 2.9, fixed: 30 }, 31],
    [5_000, { percent: 1.15, fixed: 0 }, 58],
    [99_999_999, { percent: 12.34, fixed: 30 }, 12_340_030],
  ])('then that of %d cents at %j is %d', (price, rates, fee) => {
    expect(serviceFee(price, rates)).toBe(fee);
  });

  it('then it is whole, never negative and never more than the price, and a higher price never brings the seller less', () => {
    const wrong: unknown[] = [];
    for (const percent of [0, 0.01, 2.9, 5, 33.33, 100]) {
      let last = 0;
      for (let price = 0; price < 20_000; price += 1) {
        const fee = serviceFee(price, { percent, fixed: 30 });
        const isRight = Number.isInteger(fee) && fee >= 0 && fee <= price && price - fee >= last;
        if (!isRight) wrong.push([percent, price, fee]);
        last = price - fee;
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    [0, true],
    [5, true],
    [12.34, true],
    [100, true],
    [-1, false],
    [100.01, false],
    [2.999, false],
    [Number.NaN, false],
  ])('then %d percent can be configured: %s', (value, expected) => {
    expect(isFeePercent(value)).toBe(expected);
  });

  it.each([
    [0, true],
    [30, true],
    [0.3, false],
    [-30, false],
    [Number.NaN, false],
  ])('then a fixed part of %d can be configured: %s', (value, expected) => {
    expect(isFeeFixed(value)).toBe(expected);
  });
});
