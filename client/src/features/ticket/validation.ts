import { isPrice, PRICE_MAX, TITLE_MAX_LENGTH } from '@ticketing/common/limits';
import type { Problem } from '@/shared/api/errors';

const problem = (field: string, message: string): Problem[] => [{ field, message }];

export const validateTitle = (title: string): Problem[] => {
  const { length } = title.trim();
  if (length === 0) return problem('title', 'Say what the ticket is for.');
  return length > TITLE_MAX_LENGTH
    ? problem('title', `Keep the title to ${TITLE_MAX_LENGTH} characters.`)
    : [];
};

/** A price as typed; a decimal comma is what many keyboards offer. */
export const parsePrice = (text: string): number | undefined => {
  const normal = text.trim().replace(',', '.');
  return /^\d+(\.\d*)?$|^\.\d+$/.test(normal) ? Number(normal) : undefined;
};

export const validatePrice = (text: string): Problem[] => {
  const price = parsePrice(text);
  if (price === undefined) return problem('price', 'Give the price as a number, such as 25 or 25.50.');
  if (price <= 0) return problem('price', 'The price must be more than zero.');
  if (price > PRICE_MAX)
    return problem('price', `The price can be ${PRICE_MAX.toLocaleString('en')} at most.`);
  return isPrice(price) ? [] : problem('price', 'Use two decimals at most.');
};
