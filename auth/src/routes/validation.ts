import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@ticketing/common';
import { body } from 'express-validator';
import { z } from 'zod';
import { isCommonPassword } from '../services/common-passwords';

/** The body that `emailField` and a password's check describe. */
export const credentialsInput = z.object({ email: z.string(), password: z.string() });

/** An email address, lower-cased. */
export const emailField = () =>
  body('email').isString().bail().trim().isEmail().withMessage('Email must be valid').toLowerCase();

/** A new password, taken exactly as typed. */
export const newPasswordField = () =>
  body('password')
    .isString()
    .bail()
    .isLength({ min: PASSWORD_MIN_LENGTH, max: PASSWORD_MAX_LENGTH })
    .withMessage(`Password must be between ${PASSWORD_MIN_LENGTH} and ${PASSWORD_MAX_LENGTH} characters`)
    .bail()
    .custom((password: string) => !isCommonPassword(password))
    .withMessage('This password is one of the most common ones, and guessed first: choose another');
