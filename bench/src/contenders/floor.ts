import type { Contender } from './contender';
import { startProcesses } from './processes';
import { USER } from './session';
import type { World } from './world';

/** The least that the same work costs: it has no events, so what they bring is inserted. */
export const startFloor = async (world: World): Promise<Contender> => {
  const processes = await startProcesses('floor', (role) => `floor/${role}`, world);
  const insert = async (role: 'orders' | 'payments', collection: string, documents: object[]) => {
    const { insertedIds } = await processes.database(role).collection(collection).insertMany(documents);
    return Object.values(insertedIds).map(String);
  };
  const fill = <T>(count: number, document: T): T[] => Array.from({ length: count }, () => ({ ...document }));
  return Object.assign(processes, {
    tickets: (count: number) =>
      insert('orders', 'tickets', fill(count, { title: 'A concert by the river', price: 25 })),
    orders: (count: number) => insert('payments', 'orders', fill(count, { userId: USER.id, price: 25 })),
  });
};
