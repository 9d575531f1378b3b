import {
  BadRequestError,
  isDuplicateKey,
  NotAuthorizedError,
  requireAuth,
  retryOnConflict,
  signSession,
  validateRequest,
} from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { User, type UserDocument } from '../models/user';
import { emailField, newPasswordField } from './validation';

const router = Router();

interface Changes {
  email?: string;
  password?: string;
  currentPassword: string;
}

const change = async (id: string, { email, password, currentPassword }: Changes): Promise<UserDocument> => {
  const user = await User.findById(id);
  if (!user) throw new NotAuthorizedError();
  if (!(await user.hasPassword(currentPassword))) {
    throw new BadRequestError('The current password is not right', 'currentPassword');
  }
  user.change({ ...(email === undefined ? {} : { email }), ...(password === undefined ? {} : { password }) });
  await user.save();
  return user;
};

router.put(
  '/api/users/currentuser',
  requireAuth,
  emailField().optional(),
  newPasswordField().optional(),
  body('currentPassword').isString().bail().notEmpty().withMessage('Your current password is needed'),
  body().custom((_value, { req }) => {
    const { email, password } = (req.body ?? {}) as Partial<Changes>;
    if (email === undefined && password === undefined) throw new Error('Give a new email or a new password');
    return true;
  }),
  validateRequest,
  async (req, res) => {
    try {
      const user = await retryOnConflict(() => change(req.currentUser!.id, req.body as Changes));
      req.session = { jwt: signSession({ id: user.id, email: user.email }) };
      res.send(user);
    } catch (error) {
      if (isDuplicateKey(error)) throw new BadRequestError('Email in use', 'email');
      throw error;
    }
  },
);

export { router as updateUserRouter };
