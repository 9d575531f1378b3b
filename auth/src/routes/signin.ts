import { BadRequestError, signSession, TooManyRequestsError, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { body } from 'express-validator';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { User } from '../models/user';
import { Password } from '../services/password';
import { emailField } from './validation';

const router = Router();

/** Slows down guessing: ten wrong passwords a minute for one account from one address. */
const guessLimit = rateLimit({
  windowMs: 60_000,
  limit: 10,
  skipSuccessfulRequests: true,
  standardHeaders: 'draft-7',
  legacyHeaders: false,
  keyGenerator: (req: Request) =>
    `${ipKeyGenerator(req.ip ?? '')} ${String((req.body as { email: string }).email)}`,
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
  async (req, res) => {
    const { email, password } = req.body as { email: string; password: string };
    const user = await User.findOne({ email });
    const matches = user ? await user.hasPassword(password) : await Password.compareWithNothing(password);
    if (!user || !matches) throw new BadRequestError('Invalid credentials');
    req.session = { jwt: signSession({ id: user.id, email: user.email }) };
    res.send(user);
  },
);

export { router as signinRouter };
