import { createService } from '@ticketing/common';
import { config } from './config';
import { publishers } from './events/publishers';
import { limits } from './limits';
import { User } from './models/user';
import { natsWrapper } from './nats-wrapper';
import { currentUserRouter } from './routes/current-user';
import { signinRouter } from './routes/signin';
import { signoutRouter } from './routes/signout';
import { signupRouter } from './routes/signup';
import { updateUserRouter } from './routes/update';

export const service = createService({
  name: 'auth',
  config,
  natsWrapper,
  routes: [signupRouter, signinRouter, signoutRouter, currentUserRouter, updateUserRouter],
  aggregates: [User],
  publishers,
  workers: [limits],
});

export const { app } = service;
