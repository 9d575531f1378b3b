import { bodyOf, idOf, startSession, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { signUp } from '../commands/sign-up';
import { admitPassword } from './password-admission';
import { credentialsInput, emailField, newPasswordField } from './validation';

const router = Router();

router.post(
  '/api/users/signup',
  emailField(),
  newPasswordField(),
  validateRequest,
  admitPassword,
  async (req, res) => {
    const user = await signUp(bodyOf(req, credentialsInput));
    startSession(req, { id: idOf(user), email: user.email });
    res.status(201).send(user);
  },
);

export { router as signupRouter };
