import { body } from 'express-validator';

/** An email address, lower-cased. */
export const emailField = () =>
  body('email').isString().bail().trim().isEmail().withMessage('Email must be valid').toLowerCase();

/** A new password: 4 to 72 characters, taken exactly as typed. */
export const newPasswordField = () =>
  body('password')
    .isString()
    .bail()
    .isLength({ min: 4, max: 72 })
    .withMessage('Password must be between 4 and 72 characters');
