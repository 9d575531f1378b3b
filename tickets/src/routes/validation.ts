import { cleanTitle, isPrice, PRICE_MAX, PRICE_MIN, TITLE_MAX_LENGTH } from '@ticketing/common';
import { body } from 'express-validator';
import { z } from 'zod';

/** The body that `titleField` and `priceField` check. */
export const ticketInput = z.object({ title: z.string(), price: z.number() });

/** A title, trimmed, without invisible characters. */
export const titleField = () =>
  body('title')
    .isString()
    .withMessage('Title is required')
    .bail()
    .customSanitizer((title: string) => cleanTitle(title))
    .isLength({ min: 1, max: TITLE_MAX_LENGTH })
    .withMessage(`Title must have 1 to ${TITLE_MAX_LENGTH} characters`);

/** A price that a card can be charged, in whole cents. */
export const priceField = () =>
  body('price')
    .custom((value: unknown) => typeof value === 'number' || typeof value === 'string')
    .withMessage('Price is required')
    .bail()
    .isFloat()
    .withMessage('Price must be a number')
    .bail()
    .toFloat()
    .custom(isPrice)
    .withMessage(
      `Price must be in whole cents, at least ${PRICE_MIN.toFixed(2)} and at most ${PRICE_MAX.toLocaleString('en-US')}`,
    );
