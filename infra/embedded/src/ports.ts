import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which systems take the ports of outgoing connections, above the well-known ones. */
const LOWEST_FREE = 20_000;
const HIGHEST_FREE = 32_000;

const canListen = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** Free on the loopback address as on all addresses: servers listen on either. */
export const isFree = async (port: number): Promise<boolean> =>
  (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1')) && (await canListen(port, '::'));

export const freePort = async (taken: Set<number>): Promise<number> => {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const port = randomInt(LOWEST_FREE, HIGHEST_FREE);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port was found between ${LOWEST_FREE} and ${HIGHEST_FREE}.`);
};

export const USUAL_PORTS = {
  gateway: 3000,
  auth: 3001,
  tickets: 3002,
  orders: 3003,
  payments: 3004,
  expiration: 3005,
  client: 3006,
  stripeSandbox: 3007,
  mongo: 27017,
  nats: 4222,
  natsMonitor: 8222,
  redis: 6379,
} as const;

export type PortName = keyof typeof USUAL_PORTS;
export type Ports = Record<PortName, number>;

/** The usual ports where they are free; `moved` says which are not. With `any`, free ones throughout. */
export const choosePorts = async (
  wanted: Partial<Ports>,
  any: boolean,
): Promise<{ ports: Ports; moved: { name: PortName; from: number; to: number }[] }> => {
  const ports: Partial<Ports> = {};
  const moved: { name: PortName; from: number; to: number }[] = [];
  const taken = new Set<number>();
  for (const name of Object.keys(USUAL_PORTS) as PortName[]) {
    const first = wanted[name] || (any ? 0 : USUAL_PORTS[name]);
    const usable = first !== 0 && !taken.has(first) && (await isFree(first));
    const port = usable ? first : await freePort(taken);
    if (!usable && first !== 0) moved.push({ name, from: first, to: port });
    taken.add(port);
    ports[name] = port;
  }
  return { ports: ports as Ports, moved };
};
