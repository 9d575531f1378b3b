import pino from 'pino';
import { ConfigError, readConfig } from './config';
import { startSandbox } from './server';

const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  const logger = pino({ name: 'stripe-sandbox', level: config.LOG_LEVEL });
  const sandbox = await startSandbox({ port: config.PORT, ledgerFile: config.LEDGER_FILE, logger });
  logger.info(
    { url: sandbox.url, ledger: config.LEDGER_FILE ?? 'in memory: set LEDGER_FILE to keep it' },
    'Stripe sandbox is ready',
  );

  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping');
    sandbox.stop().then(
      () => logger.info('stopped'),
      (error: Error) => {
        logger.error({ err: error }, 'stopped with an error');
        process.exitCode = 1;
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

main().catch((error: Error) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error.stack ?? error.message)}\n`);
  process.exitCode = 1;
});
