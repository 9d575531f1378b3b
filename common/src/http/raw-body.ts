import express, { Router, type RequestHandler } from 'express';
import { requestLog } from './request-log';

/** More than Stripe's largest events have. */
const LIMIT = '1mb';

/**
 * For the first place in a route of `createApp`'s `rawRoutes`: logs the request and makes `req.body` a Buffer of the
 * bytes as they were sent (1 MB at most, 413 beyond), whatever their type, so that a signature over them can be checked.
 * Of a request that announces no body it is an empty object, as everywhere in Express.
 */
export const rawBody: RequestHandler = Router().use(
  requestLog,
  express.raw({ type: () => true, limit: LIMIT }),
);
