import { isDeepStrictEqual } from 'node:util';
import type { Request, RequestHandler, Response } from 'express';
import { invalidRequest, StripeError } from './errors';
import type { Answer, Entry, Ledger } from './ledger';
import { now } from './objects';

const MAX_KEY_LENGTH = 255;

/** What a POST came to: its answer, and what the ledger has to hold before it is given. */
interface Outcome {
  answer: Answer;
  entry: Entry;
}

/** Does the work of one POST. It throws what is not kept under the key: bad parameters and server errors. */
export type Operation = (parameters: object, key: string | undefined) => Outcome | Promise<Outcome>;

const keyOf = (req: Request): string | undefined => {
  const key = req.get('idempotency-key') || undefined;
  if (!key || key.length <= MAX_KEY_LENGTH) return key;
  throw invalidRequest(`An idempotency key has at most ${MAX_KEY_LENGTH} characters, not ${key.length}.`);
};

/**
 * Runs an operation at most once per idempotency key. Answers, declines too, are replayed; errors that the
 * operation throws are not kept, so that the key can be used again.
 */
export const idempotent = (ledger: Ledger): ((operation: Operation) => RequestHandler) => {
  // One set for all routes: a key belongs to the account, not to a route.
  const inProgress = new Set<string | undefined>();

  const perform = async (operation: Operation, req: Request, key: string | undefined): Promise<Answer> => {
    const request = { path: `${req.baseUrl}${req.path}`, parameters: req.body as object };
    const { answer, entry } = await operation(request.parameters, key);
    const kept = key !== undefined && { answer: { ...answer, ...request, key, created: now() } };
    await ledger.record({ ...entry, ...kept });
    return answer;
  };

  const replay = (req: Request, key: string | undefined): Answer | undefined => {
    const kept = ledger.answers.get(key ?? '');
    if (!kept || (kept.path === req.baseUrl + req.path && isDeepStrictEqual(kept.parameters, req.body)))
      return kept;
    const message = `The idempotency key '${key}' was first used for ${kept.path}: a key belongs to one request.`;
    throw new StripeError(400, 'idempotency_error', message);
  };

  const handle = async (operation: Operation, req: Request, res: Response): Promise<void> => {
    const key = keyOf(req);
    if (key !== undefined && inProgress.has(key)) {
      const message = `The first request with the idempotency key '${key}' is still in progress.`;
      throw new StripeError(409, 'idempotency_error', message, { code: 'idempotency_key_in_use' });
    }
    inProgress.add(key);
    try {
      const kept = replay(req, key);
      const { status, body, drops = 0 } = kept ?? (await perform(operation, req, key));
      if (ledger.failedAttemptsFor(key) < drops) {
        await ledger.record({ failedAttempt: key });
        res.socket?.destroy();
      } else {
        res.set({ ...(key && { 'Idempotency-Key': key }), ...(kept && { 'Idempotent-Replayed': 'true' }) });
        res.status(status).json(body);
      }
    } finally {
      inProgress.delete(key);
    }
  };

  return (operation) => (req, res, next) => {
    handle(operation, req, res).catch(next);
  };
};
