import path from 'node:path';
import { coloursFor, createReporter, seconds } from '@ticketing/servers';
import type { MemberCount } from './mongo';
import type { EventBus } from './names';
import type { SystemHandle } from './options';
import { repoRoot } from './paths';
import { startSystem } from './system';

export interface StartOptions {
  fresh: boolean;
  client: boolean;
  bus: EventBus;
  mongoMembers: MemberCount | undefined;
  port: number | undefined;
  /** When the command was given, in milliseconds since 1970: what came before counts, too. */
  startedAt: number;
}

/** npm passes on the signal that the terminal has sent to this process already. */
const SAME_SIGNAL_MS = 1_000;

/** `npm start`: runs until a signal stops it. @throws Error with `expected` when the start fails */
export const start = async ({ startedAt, ...options }: StartOptions): Promise<void> => {
  const reporter = createReporter();
  // A reader that went away (npm start | head) must not end the system without a stop.
  process.stdout.on('error', () => undefined);
  const abort = new AbortController();
  const starting = startSystem({ ...options, reporter, signal: abort.signal });

  let stoppingSince: number | undefined;
  const stop = async (code: number, message: string): Promise<void> => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince < SAME_SIGNAL_MS) return;
      reporter.warn('Ending everything at once');
      // The guardian ends what is left.
      process.exit(1);
    }
    stoppingSince = Date.now();
    reporter.info(message);
    abort.abort();
    await starting.then(
      (system) => system.stop(),
      () => undefined,
    );
    reporter.info('Stopped');
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0, 'Stopping (Ctrl-C again ends everything at once)'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0, 'Stopping'));
  process.on('uncaughtException', (error) => {
    reporter.warn(`Unexpected failure of the runner: ${error.stack}`);
    void stop(1, 'Stopping');
  });

  try {
    const system = await starting;
    reporter.info(summary(system, options.client, Date.now() - startedAt));
  } catch (error) {
    // `stop` ends the process.
    if (stoppingSince !== undefined) return;
    throw Object.assign(error as Error, { expected: true });
  }
};

const summary = (system: SystemHandle, client: boolean, elapsedMs: number): string => {
  const colours = coloursFor(process.stdout);
  const logs = path.relative(repoRoot, system.logsDir);
  const rows = [
    [client ? 'Shop' : 'Gateway', system.url],
    ['API', `${system.url}/api/tickets`],
    ...(system.sandboxUrl ? [['Sandbox ledger', `${system.sandboxUrl}/ledger`]] : []),
    ['Logs', logs.startsWith('..') ? system.logsDir : logs],
  ].map(([name = '', value = '']) => `  ${name.padEnd(16)}${value}`);
  const ready = `${colours.green(`ready in ${seconds(elapsedMs)}`)}; Ctrl-C stops everything`;
  return ['', colours.bold('Ticketing'), ...rows, '', ready, ''].join('\n');
};
