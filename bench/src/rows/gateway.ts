import { startChild, type Child } from '../child';
import type { ContenderName } from '../contenders/contender';
import { measureLoad, type Row } from './row';

/** A path that the development ingress sends to auth; behind the gateways it is answered with a fixed text. */
const PATH = '/api/users/currentuser';

/** The gateway of `npm start` beside a bare proxy, both in front of the same server with a fixed answer. */
export const gateway = (): Row => {
  const started: Child[] = [];
  const gateways: Partial<Record<ContenderName, Child>> = {};
  let upstream: Child | undefined;
  return {
    name: 'gateway',
    outputs: [{ name: 'through the gateway, a fixed answer', unit: 'requests/s' }],
    contenders: ['ours', 'floor'],
    prepare: async ({ contender: { name }, world: { logsDir } }) => {
      const start = async (program: string, env?: Record<string, string>): Promise<Child> => {
        const child = await startChild({ program, logsDir, env });
        started.push(child);
        return child;
      };
      upstream ??= await start('floor/fixed');
      const program = name === 'ours' ? 'rows/gateway-process' : 'floor/gateway';
      gateways[name] = await start(program, { UPSTREAM: upstream.origin });
    },
    measure: (subject) => {
      const child = gateways[subject.contender.name];
      if (!child) throw new Error('the gateway was not started');
      return measureLoad(subject, [200], {
        origin: child.origin,
        requests: [{ method: 'GET', path: PATH }],
        repeat: true,
        durationMs: subject.effort.durationMs,
        pids: () => [child.pid],
      });
    },
    finish: async () => {
      await Promise.all(started.map((child) => child.stop()));
    },
  };
};
