import pino from 'pino';
import { readConfig } from './config';
import { startSandbox } from './server';

const main = async (): Promise<void> => {
  const { PORT, LEDGER_FILE, LOG_LEVEL, ...config } = readConfig(process.env);
  const { STRIPE_WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: secret } = config;
  // Headers hold API keys.
  const redact = { paths: ['req.headers', 'res.headers'], remove: true };
  const logger = pino({ name: 'stripe-sandbox', level: LOG_LEVEL, redact });
  const sandbox = await startSandbox({
    port: PORT,
    ledgerFile: LEDGER_FILE,
    logger,
    webhook: url ? { url, secret } : undefined,
  });
  const ledger = LEDGER_FILE ?? 'in memory: set LEDGER_FILE to keep it';
  logger.info({ url: sandbox.url, ledger }, 'Stripe sandbox is ready');

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info({ signal }, 'stopping');
      sandbox.stop().then(() => logger.info('stopped'), fail);
    });
  }
};

const fail = (error: Error): void => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
};

main().catch(fail);
