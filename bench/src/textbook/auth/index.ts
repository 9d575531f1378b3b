import { Router, type Request } from 'express';
import { body } from 'express-validator';
import jwt from 'jsonwebtoken';
import { createApp } from '../shared/app';
import { jwtKey } from '../shared/current-user';
import { BadRequestError, validateRequest } from '../shared/errors';
import { start } from '../shared/start';
import { compare, User } from './user';

const router = Router();

interface Credentials {
  email: string;
  password: string;
}

const startSession = (req: Request, id: string, email: string): void => {
  req.session = { jwt: jwt.sign({ id, email }, jwtKey()) };
};

router.get('/api/users/currentuser', (req, res) => {
  res.send({ currentUser: req.currentUser ?? null });
});

router.post(
  '/api/users/signup',
  body('email').isEmail().withMessage('Email must be valid'),
  body('password')
    .trim()
    .isLength({ min: 4, max: 20 })
    .withMessage('Password must be between 4 and 20 characters'),
  validateRequest,
  async (req, res) => {
    const { email, password } = req.body as Credentials;
    const existingUser = await User.findOne({ email });
    if (existingUser) throw new BadRequestError('Email in use');
    const user = new User({ email, password });
    await user.save();
    startSession(req, user.id as string, user.email);
    res.status(201).send(user);
  },
);

router.post(
  '/api/users/signin',
  body('email').isEmail().withMessage('Email must be valid'),
  body('password').trim().notEmpty().withMessage('You must supply a password'),
  validateRequest,
  async (req, res) => {
    const { email, password } = req.body as Credentials;
    const existingUser = await User.findOne({ email });
    if (!existingUser) throw new BadRequestError('Invalid credentials');
    const passwordsMatch = await compare(existingUser.password, password);
    if (!passwordsMatch) throw new BadRequestError('Invalid Credentials');
    startSession(req, existingUser.id as string, existingUser.email);
    res.status(200).send(existingUser);
  },
);

void start(createApp([router]));
