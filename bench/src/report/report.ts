import type { Machine, Server } from '../machine';
import type { Line } from '../measure';
import type { Effort } from '../rows/row';

/** The result of a run, as `--out` writes it. */
export interface Report {
  rows: Line[];
  machine: Machine;
  server: Server;
  effort: Effort;
  date: string;
  seconds: number;
}
