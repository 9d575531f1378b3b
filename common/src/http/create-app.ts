import 'express-async-errors';
import express, { type Express, type Router } from 'express';
import { NotFoundError } from '../errors/http-errors';
import { Admission, admit, DEFAULT_SUSTAINED } from './admission';
import { currentUser } from './current-user';
import { errorHandler } from './error-handler';
import { healthRouter, Readiness } from './health';
import { requestContext, requestLog } from './request-log';
import { SESSION_SECONDS, setSessions, type Sessions } from './session';
import { sessionCookie } from './session-cookie';

/** What an app has besides its routes. */
export interface AppOptions {
  /** Makes what verifies the session cookies, at its first use; without it no user is ever signed in. */
  sessions?: () => Sessions;
  /** Whether its visitors always come over TLS, by default not; see `sessionCookie`. */
  isCookieSecure?: () => boolean;
  /** How many requests it works on while they come faster than it answers, read at the first. */
  maxInFlight?: () => number;
  /**
   * Routes for machines that sign what they send, each beginning with `rawBody`. They have no session, and are never
   * refused for the sake of others: who calls them tries again after hours, so they must be cheap.
   */
  rawRoutes?: readonly Router[];
}

/**
 * Builds a service's Express app: health routes, request ids, `rawRoutes`, logs, JSON bodies (100 kB at most), the
 * session cookie, `currentUser`, the service's `routes`, a 404 for the rest and the error boundary. More requests
 * than it can serve are refused before any of that, but for the health routes and the raw ones. It neither listens nor
 * connects.
 */
export const createApp = (
  routes: readonly Router[],
  {
    sessions,
    isCookieSecure = () => false,
    maxInFlight = () => DEFAULT_SUSTAINED,
    rawRoutes = [],
  }: AppOptions = {},
): Express => {
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
  app.use((_req, res, next) => {
    // A kept-alive connection would keep a stopping process from draining.
    if (readiness.isStopping) res.setHeader('Connection', 'close');
    next();
  });
  for (const router of rawRoutes) app.use(router);
  app.use(admit(() => new Admission('requests', { sustained: maxInFlight() })));
  app.use(requestLog);
  app.use(express.json());
  app.use(sessionCookie(app, { maxAgeSeconds: SESSION_SECONDS, isSecure: isCookieSecure }));
  app.use(currentUser);
  for (const router of routes) app.use(router);
  app.all('*', () => {
    throw new NotFoundError();
  });
  app.use(errorHandler);
  return app;
};
