import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { Driver } from '../driver/driver';
import type { LoadRequest } from '../driver/protocol';
import type { Role } from './contender';
import { cookieOf, SELLER, USER } from './session';

const CONNECTIONS = 16;
/** How long events may take to arrive in another service, in milliseconds. */
const ARRIVAL_MS = 60_000;

/** The request that lists a ticket. */
export const ticketRequest = (title = 'A concert by the river'): LoadRequest => ({
  method: 'POST',
  path: '/api/tickets',
  body: JSON.stringify({ title, price: 25 }),
  cookie: cookieOf(SELLER),
});

/** The request that orders a ticket. */
export const orderRequest = (ticketId: string): LoadRequest => ({
  method: 'POST',
  path: '/api/orders',
  body: JSON.stringify({ ticketId }),
  cookie: cookieOf(USER),
});

const createAll = async (driver: Driver, origin: string, requests: LoadRequest[]): Promise<string[]> => {
  const job = { kind: 'load', origin, requests, connections: CONNECTIONS, collect: true } as const;
  const { statuses, bodies } = await driver.run(job);
  if (statuses['201'] !== requests.length)
    throw new Error(`preparation was answered ${JSON.stringify(statuses)}`);
  return bodies.map((body) => (JSON.parse(body) as { id: string }).id);
};

/** Waits until a service has received so many documents more than before. */
const arrived = async (db: Db, collection: string, count: number): Promise<void> => {
  const deadline = Date.now() + ARRIVAL_MS;
  while ((await db.collection(collection).countDocuments()) < count) {
    if (Date.now() > deadline) throw new Error(`${db.databaseName} did not receive ${count} ${collection}.`);
    await sleep(50);
  }
};

/** Prepares data as users do: through the API, then by the events that follow. */
export const throughApi = (
  driver: Driver,
  origins: Record<Role, string>,
  database: (role: Role) => Db,
): { tickets(count: number): Promise<string[]>; orders(count: number): Promise<string[]> } => {
  const tickets = async (count: number): Promise<string[]> => {
    const before = await database('orders').collection('tickets').countDocuments();
    const ids = await createAll(
      driver,
      origins.tickets,
      Array.from({ length: count }, () => ticketRequest()),
    );
    await arrived(database('orders'), 'tickets', before + count);
    return ids;
  };
  const orders = async (count: number): Promise<string[]> => {
    const before = await database('payments').collection('orders').countDocuments();
    const ids = await createAll(driver, origins.orders, (await tickets(count)).map(orderRequest));
    await arrived(database('payments'), 'orders', before + count);
    return ids;
  };
  return { tickets, orders };
};
