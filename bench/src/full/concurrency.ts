import { ticketRequest } from '../contenders/through-api';
import { clear } from '../contenders/quiet';
import type { LoadRequest } from '../driver/protocol';
import type { Plot } from '../report/svg';
import { get, listTickets } from '../rows/reads';
import { measureLoad, type Subject } from '../rows/row';
import type { Section, SectionMaker } from './section';

const CONNECTIONS = [1, 2, 4, 8, 16, 32, 64, 128];

interface Work {
  file: string;
  title: string;
  status: number;
  readonly requests: (subject: Subject) => Promise<LoadRequest[]>;
}

const works: Work[] = [
  {
    file: 'concurrency-read',
    title: 'One ticket by id',
    status: 200,
    requests: async (subject) => {
      const ids = await listTickets(subject, 100);
      return ids.map((id) => get(`/api/tickets/${id}`));
    },
  },
  {
    file: 'concurrency-write',
    title: 'Ticket created',
    status: 201,
    requests: () => Promise.resolve([ticketRequest()]),
  },
];

const plotOf = async ({ title, status, requests }: Work, run: Parameters<SectionMaker>[0]): Promise<Plot> => {
  const series = [];
  for (const contender of run.contenders) {
    await contender.revive();
    await clear(contender);
    const subject = { ...run, contender };
    const load = { origin: contender.origins.tickets, requests: await requests(subject), repeat: true };
    const { durationMs } = run.effort;
    await measureLoad(subject, [status], { ...load, durationMs });
    const points: [number, number][] = [];
    for (const connections of CONNECTIONS) {
      run.signal.throwIfAborted();
      const { values } = await measureLoad(subject, [status], { ...load, durationMs, connections });
      points.push([connections, values[0] ?? NaN]);
    }
    series.push({ name: contender.name, points });
  }
  const x = { label: 'requests in flight', log: true };
  return { title, x, y: { label: 'requests/s', log: true }, series };
};

/** Throughput against concurrency. */
export const concurrency: SectionMaker = async (run): Promise<Section> => {
  const plots: Record<string, Plot> = {};
  for (const work of works) plots[work.file] = await plotOf(work, run);
  return {
    title: 'Throughput against concurrency',
    text: 'Each connection sends its next request when the one before is answered.',
    plots,
  };
};
