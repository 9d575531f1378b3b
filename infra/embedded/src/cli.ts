import path from 'node:path';
import { repoRoot } from './paths';
import { hasClient } from './system/client-build';
import { System } from './system/system';
import { createReporter, coloursFor, seconds } from '@ticketing/servers';

export interface StartOptions {
  fresh: boolean;
  client: boolean;
  port: number | undefined;
  /** When the command was given: what came before counts, too. */
  startedAt: number;
}

const SAME_SIGNAL_MS = 1_000;

/** `npm start`. */
export const start = async ({ fresh, client, port, startedAt }: StartOptions): Promise<void> => {
  const reporter = createReporter();
  // A reader that went away (npm start | head) must not end the system without order.
  process.stdout.on('error', () => undefined);
  const abort = new AbortController();
  const system = new System({ fresh, port, reporter, signal: abort.signal, client: client && hasClient() });
  let stopping: Promise<void> | undefined;
  let stoppingSince = 0;
  const stop = (code: number, message: string): void => {
    if (stopping) {
      // npm passes on the signal that the terminal has sent to this process already.
      if (Date.now() - stoppingSince < SAME_SIGNAL_MS) return;
      reporter.warn('Ending everything at once');
      system.kill();
      return;
    }
    stoppingSince = Date.now();
    reporter.info(message);
    abort.abort();
    stopping = starting
      .catch(() => undefined)
      .then(() => system.stop())
      .then(() => reporter.info('Stopped'))
      .finally(() => process.exit(code));
  };
  process.on('SIGINT', () => stop(0, 'Stopping (Ctrl-C again ends everything at once)'));
  process.on('SIGTERM', () => stop(0, 'Stopping'));
  process.on('SIGHUP', () => stop(0, 'Stopping'));
  process.on('uncaughtException', (error) => {
    reporter.warn(`Unexpected failure of the runner: ${error.stack}`);
    stop(1, 'Stopping');
  });

  const starting = system.start();
  try {
    await starting;
  } catch (error) {
    if (stopping) return stopping;
    throw Object.assign(error as Error, { expected: true });
  }
  reporter.info(summary(system, Date.now() - startedAt));
};

const summary = (system: System, elapsedMs: number): string => {
  const colours = coloursFor(process.stdout);
  const lines: [string, string | undefined][] = [
    [system.shop ? 'Shop' : 'Gateway', system.url],
    ['API', `${system.url}/api/tickets`],
    ['Sandbox ledger', system.sandboxUrl && `${system.sandboxUrl}/ledger`],
    [
      'Logs',
      path.relative(repoRoot, system.logsDir).startsWith('..')
        ? system.logsDir
        : path.relative(repoRoot, system.logsDir),
    ],
  ];
  const rows = lines.filter(([, value]) => value).map(([name, value]) => `  ${name.padEnd(16)}${value}`);
  const ready = colours.green(`ready in ${seconds(elapsedMs)}`);
  return ['', colours.bold('Ticketing'), ...rows, '', `${ready}; Ctrl-C stops everything`, ''].join('\n');
};
