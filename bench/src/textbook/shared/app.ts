import 'express-async-errors';
import cookieSession from 'cookie-session';
import express, { type Express, type Router } from 'express';
import { currentUser } from './current-user';
import { errorHandler, NotFoundError } from './errors';

export const createApp = (routers: Router[]): Express => {
  const app = express();
  app.set('trust proxy', true);
  app.use(express.json());
  app.use(cookieSession({ signed: false, secure: false }));
  app.use(currentUser);
  for (const router of routers) app.use(router);
  app.all('*', () => {
    throw new NotFoundError();
  });
  app.use(errorHandler);
  return app;
};
