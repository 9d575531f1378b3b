import { bodyOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { signIn } from '../commands/sign-in';
import { countGuess } from '../limits';
import { admitPassword } from './password-admission';
import { signInAs } from './user-session';
import { credentialsInput, emailField } from './validation';

const router = Router();

router.post(
  '/api/users/signin',
  emailField(),
  body('password').isString().bail().notEmpty().withMessage('You must supply a password'),
  validateRequest,
  admitPassword,
  async (req, res) => {
    const credentials = bodyOf(req, credentialsInput);
    const takeBack = await countGuess(req, credentials.email);
    const user = await signIn(credentials);
    await takeBack();
    signInAs(req, user);
    res.send(user);
  },
);

export { router as signinRouter };
