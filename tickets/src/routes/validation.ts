import { isPrice } from '@ticketing/common';
import { body } from 'express-validator';

/** A title of 1 to 200 characters, trimmed. */
export const titleField = () =>
  body('title')
    .isString()
    .withMessage('Title is required')
    .bail()
    .trim()
    .isLength({ min: 1, max: 200 })
    .withMessage('Title must have 1 to 200 characters');

/** A price above zero, in whole cents, at most 999,999.99. */
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
    .withMessage('Price must be greater than 0, in whole cents, and at most 999,999.99');
