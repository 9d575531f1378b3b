import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { idempotencyConflict, invalidRequest, keyInUse } from './errors';
import { now } from './ids';
import type { Entry, KeptAnswer, Ledger } from './ledger';

const MAX_KEY_LENGTH = 255;

/** What a POST came to: the answer, and what the ledger has to hold before it is given. */
export interface Outcome {
  status: number;
  body: unknown;
  entry: Entry;
  /** How many attempts lose their connection instead of getting the answer, this one included. */
  drops?: number;
}

/** Does the work of one POST. It throws what must not be kept under the key: bad parameters, server errors. */
export type Operation = (request: Request, key: string | undefined) => Promise<Outcome>;

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, canonical(inner)]);
};

const fingerprintOf = (body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(body)))
    .digest('hex');

const pathOf = (request: Request): string => `${request.baseUrl}${request.path}`;

const readKey = (request: Request): string | undefined => {
  const key = request.get('idempotency-key');
  if (key !== undefined && key.length > MAX_KEY_LENGTH) {
    throw invalidRequest(
      `An idempotency key has at most ${MAX_KEY_LENGTH} characters; this has ${key.length}.`,
    );
  }
  return key || undefined;
};

const assertSameRequest = (kept: KeptAnswer, path: string, fingerprint: string): void => {
  if (kept.path !== path) {
    throw idempotencyConflict(
      `The idempotency key '${kept.key}' was first used for ${kept.path}, not ${path}.`,
    );
  }
  if (kept.fingerprint !== fingerprint) {
    throw idempotencyConflict(
      `The idempotency key '${kept.key}' was first used with other parameters. Use another key for another request.`,
    );
  }
};

/**
 * Runs an operation at most once per idempotency key. Answers, declines too, are replayed; errors that the
 * operation throws are not kept, so that the same key can be tried again.
 */
export const idempotent = (ledger: Ledger): ((operation: Operation) => RequestHandler) => {
  // One set for all routes: a key belongs to the account, not to a route.
  const inProgress = new Set<string>();

  const runOnce = async (operation: Operation, req: Request, res: Response): Promise<void> => {
    const { status, body, entry, drops = 0 } = await operation(req, undefined);
    await ledger.record(entry);
    if (drops > 0) req.socket.destroy();
    else res.status(status).json(body);
  };

  const runKeyed = async (operation: Operation, req: Request, res: Response, key: string): Promise<void> => {
    const { status, body, entry, drops = 0 } = await operation(req, key);
    const answer = {
      key,
      path: pathOf(req),
      fingerprint: fingerprintOf(req.body),
      status,
      body,
      created: now(),
    };
    if (drops === 0) {
      await ledger.record({ ...entry, answer });
      res.status(status).json(body);
    } else {
      await ledger.record({ ...entry, answer: { ...answer, drops }, failedAttempt: key });
      req.socket.destroy();
    }
  };

  const replay = async (kept: KeptAnswer, req: Request, res: Response): Promise<void> => {
    if (ledger.failedAttemptsFor(kept.key) < (kept.drops ?? 0)) {
      await ledger.record({ failedAttempt: kept.key });
      req.socket.destroy();
    } else {
      res.set('Idempotent-Replayed', 'true').status(kept.status).json(kept.body);
    }
  };

  const serve = async (operation: Operation, req: Request, res: Response): Promise<void> => {
    const key = readKey(req);
    if (key === undefined) return runOnce(operation, req, res);

    res.set('Idempotency-Key', key);
    if (inProgress.has(key)) throw keyInUse(key);
    const kept = ledger.answerFor(key);
    if (kept) {
      assertSameRequest(kept, pathOf(req), fingerprintOf(req.body));
      return replay(kept, req, res);
    }
    inProgress.add(key);
    try {
      await runKeyed(operation, req, res, key);
    } finally {
      inProgress.delete(key);
    }
  };

  return (operation) => (req, res, next) => {
    serve(operation, req, res).catch(next);
  };
};
