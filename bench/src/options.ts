import { parseArgs } from 'node:util';
import { EVENT_BUSES, type EventBus } from '@ticketing/embedded';
import type { Effort } from './rows/row';

/** The bus of the run, or both of them side by side. */
export const BUSES = [...EVENT_BUSES, 'both'] as const;

export interface Options {
  help: boolean;
  full: boolean;
  bus: EventBus | 'both';
  only?: string[];
  sections?: string[];
  out?: string;
  soakMinutes: number;
  effort: Effort;
}

export const HELP = `Measures the marketplace beside its floor and beside a textbook implementation.

  npm run bench -- [options]

  --quick               the table, in at most five minutes (the default)
  --full                also docs/performance.md and its plots
  --bus <bus>           nats-streaming (the default); jetstream, without the textbook, which has no client for it; or
                        both: ours alone, on each in turn, in the rows that depend on it. With --full it writes
                        docs/performance/buses.md
  --only <row,row>      these rows only
  --sections <name,…>   only these sections of --full, printed instead of written, and no rows
  --out <file>          write the results as JSON
  --rounds <n>          measurements of each contender and row
  --seconds <n>         length of a measurement
  --soak-minutes <n>    length of the section soak (10); 0 leaves it out of --full
`;

const QUICK: Effort = { rounds: 3, durationMs: 1_000, requests: 300, connections: 32 };
const FULL: Effort = { rounds: 5, durationMs: 5_000, requests: 3_000, connections: 32 };
/** Requests of a measurement of one second, where each needs data of its own. */
const REQUESTS_PER_SECOND = 300;

const number = (name: string, text: string | undefined, least = Number.MIN_VALUE): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text === '' || !(value >= least))
    throw new Error(`--${name} must be a positive number, not "${text}".`);
  return value;
};

const busOf = (text: string): Options['bus'] => {
  const bus = BUSES.find((one) => one === text);
  if (!bus) throw new Error(`--bus must be one of ${BUSES.join(', ')}, not "${text}".`);
  return bus;
};

/** @throws Error when options contradict each other */
const requireSense = ({ full, bus, sections }: Options): void => {
  if (full && bus === 'jetstream')
    throw new Error('docs/performance.md is of NATS Streaming: either --full or --bus jetstream.');
  if (sections && bus === 'both')
    throw new Error('Sections are made on one bus: either --sections or --bus both.');
};

/** @throws Error when an option is unknown or its value is not usable */
export const parseOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      bus: { type: 'string', default: 'nats-streaming' },
      only: { type: 'string' },
      sections: { type: 'string' },
      out: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'soak-minutes': { type: 'string' },
    },
  });
  if (values.quick && values.full) throw new Error('Either --quick or --full.');
  const effort = values.full ? FULL : QUICK;
  const seconds = number('seconds', values.seconds);
  const options: Options = {
    help: values.help,
    full: values.full,
    bus: busOf(values.bus),
    only: values.only?.split(','),
    sections: values.sections?.split(','),
    out: values.out,
    soakMinutes: number('soak-minutes', values['soak-minutes'], 0) ?? 10,
    effort: {
      ...effort,
      rounds: number('rounds', values.rounds) ?? effort.rounds,
      ...(seconds && { durationMs: seconds * 1_000, requests: Math.ceil(seconds * REQUESTS_PER_SECOND) }),
    },
  };
  requireSense(options);
  return options;
};
