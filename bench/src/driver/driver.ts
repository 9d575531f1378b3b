import { once } from 'node:events';
import { startChild } from '../child';
import type { Job, Reply, ResultOf } from './protocol';

/** The process that sends the requests: apart, so that reading the services' logs does not slow it down. */
export interface Driver {
  /** @throws Error when the measurement could not be made */
  run<J extends Job>(job: J): Promise<ResultOf<J>>;
  stop(): Promise<void>;
}

export const startDriver = async (logsDir: string): Promise<Driver> => {
  const child = await startChild({ program: 'driver/process', logsDir });
  const died = once(child.process, 'exit').then(() => child.requireAlive());
  died.catch(() => undefined);
  return {
    async run<J extends Job>(job: J): Promise<ResultOf<J>> {
      const answer = once(child.process, 'message') as Promise<[Reply]>;
      child.process.send(job);
      const [reply] = (await Promise.race([answer, died])) ?? [{ error: 'the driver ended' }];
      if ('error' in reply) throw new Error(reply.error);
      return reply.result as ResultOf<J>;
    },
    stop: () => child.stop(),
  };
};
