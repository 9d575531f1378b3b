import 'express-async-errors';
import cookieSession from 'cookie-session';
import express, { type Express, type Router } from 'express';
import { NotFoundError } from '../errors/http-errors';
import { currentUser } from './current-user';
import { errorHandler } from './error-handler';
import { healthRouter, Readiness } from './health';
import { requestContext, requestLog } from './request-log';
import { SESSION_SECONDS, setSessions, type Sessions } from './session';

/**
 * Builds a service's Express app: health routes, request ids and logs, JSON bodies (100 kB at most), the
 * session cookie, `currentUser`, the service's `routes`, a 404 for the rest and the error boundary.
 * It neither listens nor connects.
 *
 * @param sessions makes what verifies the session cookies, at its first use; without it no user is ever signed in
 */
export const createApp = (routes: readonly Router[], sessions?: () => Sessions): Express => {
  const app = express();
  const readiness = new Readiness();
  app.locals.readiness = readiness;
  if (sessions) setSessions(app, sessions);

  // The ingress ends TLS; its address is a private one, wherever it runs. So `req.secure` and `req.ip`
  // describe the client, and no one outside can forge them.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.disable('x-powered-by');

  app.use(healthRouter(readiness));
  app.use(requestContext);
  app.use(requestLog);
  app.use((_req, res, next) => {
    // A kept-alive connection would keep a stopping process from draining.
    if (readiness.isStopping) res.setHeader('Connection', 'close');
    next();
  });
  app.use(express.json());
  app.use(
    cookieSession({
      name: 'session',
      signed: false, // the JWT inside is signed
      httpOnly: true,
      sameSite: 'lax',
      maxAge: SESSION_SECONDS * 1000,
      // `secure` is left open: the cookie is secure whenever the request came over TLS.
    }),
  );
  app.use(currentUser);
  for (const router of routes) app.use(router);
  app.all('*', () => {
    throw new NotFoundError();
  });
  app.use(errorHandler);
  return app;
};
