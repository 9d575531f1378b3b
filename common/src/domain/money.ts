/** The one currency that tickets are priced in (ISO 4217, lower case as Stripe writes it). */
export const CURRENCY = 'usd';

/**
 * The least that Stripe charges a card, in minor units, for each currency that tickets are priced in.
 * Source: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
export const MINIMUM_CHARGE: Record<typeof CURRENCY, number> = { usd: 50 };

/**
 * Converts a price to the integer that a card is charged.
 *
 * @param price in major units (dollars), at most two decimals
 * @returns the same amount in minor units (cents)
 * @throws RangeError when the price is negative, not finite or finer than a cent
 */
export const toMinorUnits = (price: number): number => {
  const minor = Math.round(price * 100);
  // 19.99 * 100 is 1998.9999999999998: rounding away what binary fractions lose is right, a tenth of a cent is not.
  const lost = Math.max(1e-6, 4 * Number.EPSILON * minor);
  if (!Number.isSafeInteger(minor) || minor < 0 || Math.abs(price * 100 - minor) > lost) {
    throw new RangeError(`not a price: ${price}`);
  }
  return minor;
};
