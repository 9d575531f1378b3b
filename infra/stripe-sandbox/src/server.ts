import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createSandbox, Ledger } from './app';

const STOP_DEADLINE_MS = 5_000;

export interface RunningSandbox {
  url: string;
  /** Lets what was begun end, up to a deadline, and closes the ledger. */
  stop(): Promise<void>;
}

export const startSandbox = async (options: {
  port: number;
  ledgerFile?: string;
  logger: Logger;
}): Promise<RunningSandbox> => {
  const ledger = await Ledger.open(options.ledgerFile);
  const server = createServer(createSandbox({ ledger, logger: options.logger }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, resolve);
  });

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const deadline = setTimeout(() => server.closeAllConnections(), STOP_DEADLINE_MS);
    await closed;
    clearTimeout(deadline);
    await ledger.close();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => (stopped ??= stop()),
  };
};
