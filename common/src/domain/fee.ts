/** What the marketplace keeps of each sale. */
export interface FeeRates {
  /** Of the price, in percent: 0 to 100, at most two decimals. */
  percent: number;
  /** Of every sale, in minor units. */
  fixed: number;
}

/** Where nothing else is configured. */
export const DEFAULT_FEE: Readonly<FeeRates> = Object.freeze({ percent: 5, fixed: 30 });

/** Whether a number is a percentage that a fee may have: 0 to 100, at most two decimals. */
export const isFeePercent = (value: number): boolean =>
  value >= 0 && value <= 100 && Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;

/** Whether a number is a fixed fee in minor units: a whole one, 0 or more. */
export const isFeeFixed = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/**
 * The service fee of a sale. It is a part of the price: the buyer pays the price, the seller gets the rest of it.
 *
 * @param price in minor units (cents), a whole number
 * @param rates see `FeeRates`; 0 and 0 are no fee
 * @returns minor units: the percentage, rounded half up, and the fixed part; never more than the price
 */
export const serviceFee = (price: number, { percent, fixed }: FeeRates): number =>
  // Hundredths of a percent are whole: what is halfway between two cents is so exactly.
  Math.min(price, Math.round((price * Math.round(percent * 100)) / 10_000) + fixed);
