import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createSandbox } from './app';
import { Ledger } from './ledger';
import { Webhooks, type Endpoint } from './webhooks';

const STOP_DEADLINE_MS = 5_000;

export interface RunningSandbox {
  url: string;
  /** Lets requests in flight end, up to a deadline, and closes the ledger. */
  stop(): Promise<void>;
}

export const startSandbox = async (options: {
  port: number;
  ledgerFile?: string;
  logger: Logger;
  /** Where events are sent; without it they can be listed only. */
  webhook?: Endpoint;
}): Promise<RunningSandbox> => {
  const ledger = await Ledger.open(options.ledgerFile);
  const { logger } = options;
  const webhooks = new Webhooks(ledger, logger, options.webhook);
  const server = createSandbox({ ledger, logger, webhooks }).listen(options.port);
  await once(server, 'listening');

  const stop = async (): Promise<void> => {
    webhooks.stop();
    const deadline = setTimeout(() => server.closeAllConnections(), STOP_DEADLINE_MS);
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(deadline);
    await ledger.close();
  };
  let stopped: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => (stopped ??= stop()),
  };
};
