import type { ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { stripeApi } from './api';
import { control } from './control';
import { invalidRequest, StripeError } from './errors';
import type { Ledger } from './ledger';
import { renderLedger } from './ledger-page';
import { newId } from './objects';
import { threeDSecure } from './three-d-secure';
import type { Webhooks } from './webhooks';

/** The id that Stripe's responses carry, and the log lines of the request. */
const requestId = (_req: unknown, res: ServerResponse): string => {
  const id = newId('req');
  res.setHeader('Request-Id', id);
  return id;
};

const toStripeError = (error: unknown): StripeError => {
  if (error instanceof StripeError) return error;
  // Express' body parser and router mark errors of the client with a 4xx status.
  const { status, message } = error as { status?: number; message?: string };
  if (status && status < 500) return invalidRequest(`The request could not be read: ${message}`);
  return new StripeError(500, 'api_error', 'The sandbox failed unexpectedly. See its log.');
};

const answerError: ErrorRequestHandler = (error, req, res, _next) => {
  const { status, body } = toStripeError(error);
  if (status >= 500) req.log.error({ err: error as Error }, 'request failed');
  res.status(status).json(body);
};

interface Parts {
  ledger: Ledger;
  logger: Logger;
  webhooks: Webhooks;
}

/** Stripe's API, and the ledger to look at. The caller opens the ledger and closes it. */
export const createSandbox = ({ ledger, logger, webhooks }: Parts): Express => {
  const app = express();
  app.disable('x-powered-by');
  // An answer that depends on the ledger's state must not turn into a 304.
  app.disable('etag');

  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.get('/readyz', (_req, res) => {
    const [code, status] = ledger.writable ? [200, 'ready'] : [503, 'ledger not writable'];
    res.status(code).json({ status });
  });

  app.use(pinoHttp({ logger, genReqId: requestId }));
  app.get('/ledger', (_req, res) => {
    res.format({
      json: () => res.json(ledger.view()),
      html: () => res.send(renderLedger(ledger.view())),
    });
  });
  app.delete('/ledger', (_req, res, next) => {
    ledger.reset().then(() => res.status(204).send(), next);
  });
  app.use('/3ds', threeDSecure(ledger));
  app.use('/control', control(ledger, webhooks));
  app.use('/v1', stripeApi(ledger));
  app.use((req) => {
    const message = `The sandbox has no ${req.method} ${req.path}: it implements charges, payment intents and refunds only.`;
    throw new StripeError(404, 'invalid_request_error', message);
  });
  app.use(answerError);
  return app;
};
