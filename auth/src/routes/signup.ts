import { bodyOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { signUp } from '../commands/sign-up';
import { countSignUp } from '../limits';
import { admitPassword } from './password-admission';
import { signInAs } from './user-session';
import { credentialsInput, emailField, newPasswordField } from './validation';

const router = Router();

router.post(
  '/api/users/signup',
  emailField(),
  newPasswordField(),
  validateRequest,
  admitPassword,
  async (req, res) => {
    await countSignUp(req);
    const user = await signUp(bodyOf(req, credentialsInput));
    signInAs(req, user);
    res.status(201).send(user);
  },
);

export { router as signupRouter };
