import { logger } from '../logging/logger';
import type { Worker } from './worker';

/** A worker that repeats one piece of work. */
export interface Periodic extends Worker {
  /** Runs the work now, as after a start; while a run is in progress that run is awaited instead. */
  trigger(): Promise<void>;
}

/**
 * A worker that runs `work` at its start and then every `everyMs` milliseconds, never twice at the same
 * time. A failed run is logged; the next one repeats it.
 *
 * @param name for the log
 * @param work gets whether it runs for the first time after a start (or by `trigger`)
 */
export const periodic = (
  name: string,
  everyMs: number,
  work: (isFirst: boolean) => Promise<void>,
): Periodic => {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const run = (isFirst: boolean): Promise<void> =>
    (running ??= work(isFirst)
      .catch((error: unknown) =>
        logger.warn({ err: error, worker: name }, 'periodic work failed; it is repeated'),
      )
      .finally(() => {
        running = undefined;
      }));

  return {
    name,
    start() {
      if (timer) return;
      timer = setInterval(() => void run(false), everyMs);
      void run(true);
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
    trigger: () => run(true),
  };
};
