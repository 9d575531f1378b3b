import { createApp } from '@ticketing/common';
import { currentUserRouter } from './routes/current-user';
import { signinRouter } from './routes/signin';
import { signoutRouter } from './routes/signout';
import { signupRouter } from './routes/signup';
import { updateUserRouter } from './routes/update';

export const app = createApp([
  signupRouter,
  signinRouter,
  signoutRouter,
  currentUserRouter,
  updateUserRouter,
]);
