import { CURRENCY, MINIMUM_CHARGE, toMinorUnits } from './money';

// What the API accepts, and what a sale costs. This module, `fee` and `money` use nothing of Node: pages import them, too.

/** Characters of a ticket's title, at most. */
export const TITLE_MAX_LENGTH = 200;

const CONTROL = /\p{Cc}+/gu;
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A ticket's title as it is kept: without control characters, and without those that turn the writing direction of
 * the text around it. Letters that are written from right to left need none.
 */
export const cleanTitle = (title: string): string =>
  title.replace(DIRECTION, '').replace(CONTROL, ' ').trim();

/** The lowest price of a ticket, in major units: a lower one could be listed, but never paid. */
export const PRICE_MIN = MINIMUM_CHARGE[CURRENCY] / 100;

/** The highest price of a ticket, in major units: Stripe takes at most eight digits of minor units. */
export const PRICE_MAX = 999_999.99;

/** Characters of a new password. */
export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 72;

/** Whether a number is a price that a ticket may have: whole cents, from `PRICE_MIN` to `PRICE_MAX`. */
export const isPrice = (value: number): boolean => {
  if (!(value >= PRICE_MIN && value <= PRICE_MAX)) return false;
  try {
    toMinorUnits(value);
    return true;
  } catch {
    return false;
  }
};

export * from './fee';
export { CURRENCY, MINIMUM_CHARGE, toMinorUnits } from './money';
