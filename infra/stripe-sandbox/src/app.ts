import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { authenticate } from './authentication';
import { chargesRouter } from './charges';
import { apiError, invalidRequest, StripeApiError } from './errors';
import { idempotent } from './idempotency';
import { newId } from './ids';
import type { Ledger } from './ledger';
import { renderLedger } from './ledger-page';
import { refundsRouter } from './refunds';

export { Ledger } from './ledger';
export type { LedgerView } from './ledger';

const toStripeError = (error: unknown): StripeApiError => {
  if (error instanceof StripeApiError) return error;
  // Express' body parser and router mark what the client did wrong with a 4xx status.
  const { status, message } = error as { status?: number; message?: string };
  if (status && status < 500) return invalidRequest(`The request could not be read: ${message}`);
  return apiError('The sandbox failed unexpectedly. Its log says why.');
};

const requestLog = (logger: Logger) =>
  pinoHttp({
    logger,
    genReqId: (_req, res) => {
      const id = newId('req');
      res.setHeader('Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (req) => req.url === '/healthz' || req.url === '/readyz' },
    // Named one by one, because headers and bodies hold keys and tokens.
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({ id, method, url }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  });

/** Stripe's charges and refunds over one ledger. The caller opens the ledger and closes it. */
export const createSandbox = ({ ledger, logger }: { ledger: Ledger; logger: Logger }): Express => {
  const app = express();
  app.disable('x-powered-by');
  // An answer that depends on the ledger's state must not turn into a 304.
  app.disable('etag');

  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.get('/readyz', (_req, res) => {
    res
      .status(ledger.writable ? 200 : 503)
      .json({ status: ledger.writable ? 'ready' : 'ledger not writable' });
  });

  app.use(requestLog(logger));
  app.get('/ledger', (_req, res) => {
    res.format({
      json: () => res.json(ledger.view()),
      html: () => res.send(renderLedger(ledger.view())),
    });
  });
  app.delete('/ledger', (_req, res, next) => {
    ledger.reset().then(() => res.status(204).send(), next);
  });

  app.use('/v1', (_req, _res, next) => {
    ledger.countRequest();
    next();
  });
  app.use('/v1', authenticate, express.urlencoded({ extended: true }));
  const once = idempotent(ledger);
  app.use('/v1', chargesRouter(ledger, once), refundsRouter(ledger, once));

  app.use((req) => {
    throw new StripeApiError(404, {
      type: 'invalid_request_error',
      message: `The sandbox has no ${req.method} ${req.path}: it speaks charges and refunds only.`,
    });
  });
  const answerError: ErrorRequestHandler = (error, req, res, _next) => {
    const { status, body } = toStripeError(error);
    if (status >= 500) req.log.error({ err: error }, 'request failed');
    res.status(status).json({ error: body });
  };
  app.use(answerError);
  return app;
};
