import { ObjectId, type Db, type Document } from 'mongodb';
import type { Contender } from '../contenders/contender';
import { clear, untilQuiet } from '../contenders/quiet';
import { USER } from '../contenders/session';
import { orderRequest, ticketRequest } from '../contenders/through-api';
import type { LoadRequest } from '../driver/protocol';
import type { Run } from '../measure';
import type { Plot } from '../report/svg';
import { get } from '../rows/reads';
import { measureLoad, processesOf, type Subject } from '../rows/row';
import type { Section, SectionMaker } from './section';

const SIZES = [100, 10_000, 100_000];
const BATCH = 1_000;
const MOST_ORDERS = 5_000;
/** Few: a page of a large catalogue may take seconds. */
const CONNECTIONS = 8;

const onlyDocument = async (db: Db): Promise<Document> => {
  const found = await db.collection('tickets').findOne();
  if (!found) throw new Error(`${db.databaseName} has no ticket to take as a pattern.`);
  return found;
};

/** Fills the catalogue with copies of a ticket that went through the API: whatever its document looks like, it fits. */
const fill = async (contender: Contender, size: number): Promise<string[]> => {
  await clear(contender);
  await contender.tickets(1);
  const databases = contender.name === 'floor' ? ['orders' as const] : (['tickets', 'orders'] as const);
  const patterns = await Promise.all(databases.map((role) => onlyDocument(contender.database(role))));
  const ids: string[] = [];
  for (let from = 1; from < size; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, size - from) }, () => new ObjectId());
    await Promise.all(
      databases.map((role, index) => {
        const copies = batch.map((_id, i) => ({
          ...patterns[index],
          _id,
          createdAt: new Date(Date.now() - from - i),
        }));
        return contender.database(role).collection('tickets').insertMany(copies);
      }),
    );
    if (contender.name === 'floor') {
      const copies = batch.map((_id) => ({
        _id,
        title: 'A concert',
        price: 25,
        userId: USER.id,
        createdAt: new Date(),
      }));
      await contender.database('tickets').collection('tickets').insertMany(copies);
    }
    ids.push(...batch.map(String));
  }
  return ids;
};

interface Work {
  file: string;
  title: string;
  role: 'tickets' | 'orders';
  status: number;
  requests(ids: string[]): LoadRequest[];
  once?: boolean;
}

const works: Work[] = [
  {
    file: 'catalogue-read',
    title: 'One ticket by id',
    role: 'tickets',
    status: 200,
    requests: (ids) => ids.slice(0, 1_000).map((id) => get(`/api/tickets/${id}`)),
  },
  {
    file: 'catalogue-page',
    title: 'Catalogue page',
    role: 'tickets',
    status: 200,
    requests: () => [get('/api/tickets')],
  },
  {
    file: 'catalogue-write',
    title: 'Ticket created',
    role: 'tickets',
    status: 201,
    requests: () => [ticketRequest()],
  },
  {
    file: 'catalogue-order',
    title: 'Order on distinct tickets',
    role: 'orders',
    status: 201,
    once: true,
    requests: (ids) => ids.slice(0, MOST_ORDERS).map(orderRequest),
  },
];

const measure = async (subject: Subject, work: Work, ids: string[]): Promise<number | null> => {
  const { contender, effort } = subject;
  try {
    const { values } = await measureLoad(subject, [work.status], {
      origin: contender.origins[work.role],
      requests: work.requests(ids),
      repeat: !work.once,
      durationMs: effort.durationMs,
      connections: CONNECTIONS,
    });
    return values[0] ?? null;
  } catch {
    // What cannot be served any more is a gap in the plot.
    await contender.revive();
    return null;
  }
};

/** Every work at every size, of one contender: values by work, in the order of the sizes. */
const measureSizes = async (run: Run, contender: Contender): Promise<(number | null)[][]> => {
  const results = works.map((): (number | null)[] => []);
  for (const size of SIZES) {
    run.signal.throwIfAborted();
    await contender.revive();
    const ids = await fill(contender, size);
    await untilQuiet(processesOf({ ...run, contender }));
    for (const [index, work] of works.entries()) {
      results[index]?.push(await measure({ ...run, contender }, work, ids));
    }
  }
  await clear(contender);
  return results;
};

/** Everything against the size of the catalogue. */
export const catalogue: SectionMaker = async (run): Promise<Section> => {
  const measured = [];
  for (const contender of run.contenders) {
    measured.push({ name: contender.name, results: await measureSizes(run, contender) });
  }
  const plots: Record<string, Plot> = {};
  for (const [index, { file, title }] of works.entries()) {
    plots[file] = {
      title,
      x: { label: 'tickets in the catalogue', log: true },
      y: { label: 'requests/s', log: true },
      series: measured.map(({ name, results }) => ({
        name,
        points: SIZES.map((size, i) => [size, results[index]?.[i] ?? null] as const),
      })),
    };
  }
  return {
    title: 'Everything against the size of the catalogue',
    text:
      `With ${SIZES.map((size) => size.toLocaleString('en-US')).join(', ')} tickets on sale, ${CONNECTIONS} requests in ` +
      'flight. The textbook lists all tickets on its page. A gap is what was not answered.',
    plots,
  };
};
