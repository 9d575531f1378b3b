import { Router, type Express } from 'express';

type Figure = number | string;

/**
 * Whether a process may be sent requests: every named check passes and it is not stopping.
 * Liveness is another matter: a process without its database is alive and waits.
 */
export class Readiness {
  private readonly checks = new Map<string, () => boolean>();
  private readonly figures = new Map<string, () => Figure>();
  private stopping = false;

  /** Adds a condition; `check` must answer at once from state that is known already. */
  require(name: string, check: () => boolean): void {
    this.checks.set(name, check);
  }

  /** Adds something that `/readyz` shows; it does not decide anything. */
  report(name: string, figure: () => Figure): void {
    this.figures.set(name, figure);
  }

  /** What is shown, by name. */
  reported(): Record<string, Figure> {
    return Object.fromEntries([...this.figures].map(([name, figure]) => [name, figure()]));
  }

  /** From here on the process is not ready, whatever its checks say. */
  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  /** The names of the checks that fail now. */
  missing(): string[] {
    const failed = [...this.checks].filter(([, check]) => !check()).map(([name]) => name);
    return this.stopping ? ['stopping', ...failed] : failed;
  }
}

/** The readiness of an app made by `createApp`. */
export const readinessOf = (app: Express): Readiness => app.locals.readiness as Readiness;

/** `GET /healthz` (the process answers) and `GET /readyz` (200, or 503 with what is missing; both with the figures). */
export const healthRouter = (readiness: Readiness): Router => {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.send({ status: 'ok' });
  });
  router.get('/readyz', (_req, res) => {
    const missing = readiness.missing();
    const isReady = missing.length === 0;
    const state = isReady
      ? { status: 'ready' }
      : { errors: [{ message: `Not ready: ${missing.join(', ')}` }] };
    res.status(isReady ? 200 : 503).send({ ...state, ...readiness.reported() });
  });
  return router;
};
