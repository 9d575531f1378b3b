import { randomInt } from 'node:crypto';
import type { Reporter } from '@ticketing/servers';
import { checkPort } from 'get-port-please';

const USUAL_PORTS = {
  gateway: 3000,
  auth: 3001,
  tickets: 3002,
  orders: 3003,
  payments: 3004,
  expiration: 3005,
  client: 3006,
  stripeSandbox: 3007,
  mongo: 27017,
  mongo2: 27018,
  mongo3: 27019,
  nats: 4222,
  natsMonitor: 8222,
  redis: 6379,
} as const;

export type Ports = Record<keyof typeof USUAL_PORTS, number>;

/**
 * Above the usual ports and below the range from which systems take the ports of outgoing connections: one of those
 * would be lost while the process that has it is restarted. For the same reason each of Jest's workers, which run
 * systems side by side, takes its ports from a range of its own.
 */
const [FIRST_PORT, RANGES, PORTS_IN_RANGE] = [20_000, 16, 750];
const randomPort = (): number => {
  const first = FIRST_PORT + (Number(process.env.JEST_WORKER_ID ?? 0) % RANGES) * PORTS_IN_RANGE;
  return randomInt(first, first + PORTS_IN_RANGE);
};

/** Free on the loopback address as on all addresses: servers listen on either. */
const isFree = async (port: number): Promise<boolean> =>
  (await checkPort(port, [undefined, '127.0.0.1'])) !== false;

/**
 * The usual ports where they are free; others where they are not, which is reported.
 * @param gateway the gateway's port instead of the usual one; 0 takes free ports for everything
 * @param unused names of those that nothing will listen on: they are not reported
 */
export const choosePorts = async (
  gateway: number | undefined,
  report: Reporter,
  unused: readonly string[] = [],
): Promise<Ports> => {
  const ports: Ports = { ...USUAL_PORTS, gateway: gateway ?? USUAL_PORTS.gateway };
  const taken = new Set<number>();
  for (const name of Object.keys(USUAL_PORTS) as (keyof Ports)[]) {
    const wanted = gateway === 0 ? randomPort() : ports[name];
    let port = wanted;
    while (taken.has(port) || !(await isFree(port))) port = randomPort();
    if (port !== wanted && gateway !== 0 && !unused.includes(name))
      report.info(`Port ${wanted} is in use: ${name} listens on ${port} instead`);
    taken.add(port);
    ports[name] = port;
  }
  return ports;
};
