import { cleanTitle, isPrice, PRICE_MAX, PRICE_MIN, TITLE_MAX_LENGTH } from '@ticketing/common/limits';
import type { Problem } from '@/shared/api/errors';
import { assertValid, textOf } from '@/shared/form/form-state';

const problem = (field: string, message: string): Problem[] => [{ field, message }];

export const validateTitle = (title: string): Problem[] => {
  const { length } = cleanTitle(title);
  if (length === 0) return problem('title', 'Enter the event that the ticket is for.');
  return length > TITLE_MAX_LENGTH ? problem('title', `Use at most ${TITLE_MAX_LENGTH} characters.`) : [];
};

/** A decimal comma is what many keyboards offer. */
const NUMBER = /^\d+([.,]\d*)?$|^[.,]\d+$/;
/** 1,000 and 1.000 are a thousand to some and one to others. */
const THOUSANDS = /^\d{1,3}([.,\s’']\d{3})+([.,]\d*)?$/;

/** A price as typed, which is what the preview shows and what is sent; undefined where it could mean another amount. */
export const parsePrice = (text: string): number | undefined => {
  const typed = text.trim();
  return NUMBER.test(typed) && !THOUSANDS.test(typed) ? Number(typed.replace(',', '.')) : undefined;
};

export const validatePrice = (text: string): Problem[] => {
  if (THOUSANDS.test(text.trim()))
    return problem('price', 'Write the price without a separator for thousands, such as 1000 or 1000.50.');
  const price = parsePrice(text);
  if (price === undefined) return problem('price', 'Enter the price as a number, such as 25 or 25.50.');
  if (price < PRICE_MIN) return problem('price', `The price must be at least $${PRICE_MIN.toFixed(2)}.`);
  if (price > PRICE_MAX)
    return problem('price', `The price can be at most $${PRICE_MAX.toLocaleString('en')}.`);
  return isPrice(price) ? [] : problem('price', 'Use at most two decimal places.');
};

/** @throws ApiError with what the seller has to put right */
export const readTicket = (form: FormData) => {
  const [title, priceText] = [textOf(form, 'title'), textOf(form, 'price')];
  assertValid(...validateTitle(title), ...validatePrice(priceText));
  return { title: cleanTitle(title), price: parsePrice(priceText) ?? 0 };
};
