import { bodyOf, idOf, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { changeAccount } from '../commands/change-account';
import { countChange } from '../limits';
import { admitPassword } from './password-admission';
import { forgetSession, signInAs } from './user-session';
import { credentialsInput, emailField, newPasswordField } from './validation';
import { z } from 'zod';

const router = Router();

const input = credentialsInput
  .partial()
  .extend({ currentPassword: z.string() })
  .refine(({ email, password }) => email !== undefined || password !== undefined, {
    error: 'Give a new email or a new password',
  });

router.put(
  '/api/users/currentuser',
  requireAuth,
  emailField().optional(),
  newPasswordField().optional(),
  body('currentPassword').isString().bail().notEmpty().withMessage('Your current password is needed'),
  validateRequest,
  admitPassword,
  async (req, res) => {
    const changes = bodyOf(req, input);
    const { id } = userOf(req);
    await countChange(id);
    const user = await changeAccount(id, changes);
    if (changes.password === undefined) signInAs(req, user, { id: req.currentSession?.id });
    else {
      forgetSession(req, { userId: idOf(user), epoch: user.sessionEpoch ?? 0 });
      signInAs(req, user);
    }
    res.send(user);
  },
);

export { router as updateUserRouter };
