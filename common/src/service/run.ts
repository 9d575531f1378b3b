import { ConfigError } from '../config/load-config';
import { logger } from '../logging/logger';
import type { Service } from './create-service';

/**
 * A service's whole life, for its `index.ts`: starts it, and stops it in order on SIGTERM and SIGINT. An
 * invalid configuration ends the process with one message. An exception that was not caught leaves the
 * process in an unknown state: it is logged, the service stops in order and the process ends with 1, for
 * its supervisor (Kubernetes, the embedded runner) to start it again. A rejection that was not handled
 * concerns one piece of work only; it is logged.
 */
export const run = async (service: Service): Promise<void> => {
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));
  try {
    const end = (code: number) => void service.stop().then(() => process.exit(code));
    process.once('SIGTERM', () => end(0));
    process.once('SIGINT', () => end(0));
    process.on('uncaughtException', (error) => {
      logger.fatal({ err: error }, 'uncaught exception; stopping');
      end(1);
    });
    const { ready } = await service.start();
    await ready;
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${service.name}: ${error.message}\n`);
    else logger.fatal({ err: error, service: service.name }, 'start failed');
    process.exit(1);
  }
};
