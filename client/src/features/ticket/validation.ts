import { isPrice, PRICE_MAX, PRICE_MIN, TITLE_MAX_LENGTH } from '@ticketing/common/limits';
import type { Problem } from '@/shared/api/errors';

const problem = (field: string, message: string): Problem[] => [{ field, message }];

export const validateTitle = (title: string): Problem[] => {
  const { length } = title.trim();
  if (length === 0) return problem('title', 'Enter the event that the ticket is for.');
  return length > TITLE_MAX_LENGTH ? problem('title', `Use at most ${TITLE_MAX_LENGTH} characters.`) : [];
};

/** A price as typed; a decimal comma is what many keyboards offer. */
export const parsePrice = (text: string): number | undefined => {
  const normal = text.trim().replace(',', '.');
  return /^\d+(\.\d*)?$|^\.\d+$/.test(normal) ? Number(normal) : undefined;
};

export const validatePrice = (text: string): Problem[] => {
  const price = parsePrice(text);
  if (price === undefined) return problem('price', 'Enter the price as a number, such as 25 or 25.50.');
  if (price < PRICE_MIN) return problem('price', `The price must be at least $${PRICE_MIN.toFixed(2)}.`);
  if (price > PRICE_MAX)
    return problem('price', `The price can be at most $${PRICE_MAX.toLocaleString('en')}.`);
  return isPrice(price) ? [] : problem('price', 'Use at most two decimal places.');
};
