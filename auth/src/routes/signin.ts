import { bodyOf, TooManyRequestsError, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { body } from 'express-validator';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { signIn } from '../commands/sign-in';
import { admitPassword } from './password-admission';
import { signInAs } from './user-session';
import { credentialsInput, emailField } from './validation';

const router = Router();

/** Slows down guessing: ten wrong passwords a minute for one account from one address. */
const guessLimit = rateLimit({
  windowMs: 60_000,
  limit: 10,
  skipSuccessfulRequests: true,
  standardHeaders: 'draft-7',
  legacyHeaders: false,
  keyGenerator: (req: Request) => `${ipKeyGenerator(req.ip ?? '')} ${bodyOf(req, credentialsInput).email}`,
  handler: () => {
    throw new TooManyRequestsError();
  },
});

router.post(
  '/api/users/signin',
  emailField(),
  body('password').isString().bail().notEmpty().withMessage('You must supply a password'),
  validateRequest,
  guessLimit,
  admitPassword,
  async (req, res) => {
    const user = await signIn(bodyOf(req, credentialsInput));
    signInAs(req, user);
    res.send(user);
  },
);

export { router as signinRouter };
