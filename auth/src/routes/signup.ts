import { BadRequestError, isDuplicateKey, signSession, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { User } from '../models/user';
import { emailField, newPasswordField } from './validation';

const router = Router();

router.post('/api/users/signup', emailField(), newPasswordField(), validateRequest, async (req, res) => {
  const { email, password } = req.body as { email: string; password: string };
  const user = User.signUp({ email, password });
  try {
    await user.save();
  } catch (error) {
    // The unique index decides, not a read before: two sign-ups at once cannot both win.
    if (isDuplicateKey(error)) throw new BadRequestError('Email in use', 'email');
    throw error;
  }
  req.session = { jwt: signSession({ id: user.id, email: user.email }) };
  res.status(201).send(user);
});

export { router as signupRouter };
