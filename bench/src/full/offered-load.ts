import { clear } from '../contenders/quiet';
import { ticketRequest } from '../contenders/through-api';
import type { LoadJob } from '../driver/protocol';
import { format } from '../report/table';
import { countOf, measureLoad, type Subject } from '../rows/row';
import type { Section, SectionMaker } from './section';

const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9, 1];
/** As many as a service with a backlog of requests can hold open. */
const MOST_CONNECTIONS = 500;

/** Listing a ticket again and again: a write with an event. */
export const ticketLoad = ({ contender, effort }: Subject): Omit<LoadJob, 'connections'> => ({
  kind: 'load',
  origin: contender.origins.tickets,
  requests: [ticketRequest()],
  repeat: true,
  durationMs: effort.durationMs,
});

/** How many tickets a second a contender can list when it is kept busy, after a warm-up. */
export const capacityOf = async (subject: Subject): Promise<number> => {
  await subject.contender.revive();
  await clear(subject.contender);
  await measureLoad(subject, [201], ticketLoad(subject));
  const { values } = await measureLoad(subject, [201], ticketLoad(subject));
  return values[0] ?? NaN;
};

/** Latency against load: requests that come at their own pace, answered in time or not. */
export const offeredLoad: SectionMaker = async (run): Promise<Section> => {
  const series = [];
  const capacities: string[] = [];
  for (const contender of run.contenders) {
    const subject = { ...run, contender };
    const capacity = await capacityOf(subject);
    capacities.push(`${contender.name} ${format(capacity)}`);
    const points: [number, number | null][] = [];
    for (const share of SHARES) {
      run.signal.throwIfAborted();
      const rate = Math.max(1, Math.round(capacity * share));
      const { result } = await measureLoad(subject, undefined, {
        ...ticketLoad(subject),
        rate,
        connections: MOST_CONNECTIONS,
      });
      const isWhole = result.statuses['201'] === countOf(result);
      points.push([rate, isWhole ? result.latency.p95 : null]);
    }
    series.push({ name: contender.name, points });
  }
  const x = { label: 'tickets listed per second, offered', log: true };
  const plot = { title: 'Ticket created: latency, p95', x, y: { label: 'ms', log: true }, series };
  return {
    title: 'Latency against load',
    text:
      'Requests begin at a fixed rate, whether or not the ones before are answered, and count from when they were due. ' +
      `The last point of each line is its own capacity, in tickets a second: ${capacities.join(', ')}.`,
    plots: { 'offered-load': plot },
  };
};
