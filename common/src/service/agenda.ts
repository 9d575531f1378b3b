import { periodic, type Periodic } from './periodic';

/** How often it is checked whether something is due, in milliseconds. */
const CHECK_MS = 1_000;
/** Between sweeps on average; more or less a third, so that replicas do not sweep in step. */
const SWEEP_MS = 30_000;
/** What falls due later is found by the next sweep, in milliseconds. */
const LOOK_AHEAD_MS = (4 / 3) * SWEEP_MS + 2 * CHECK_MS;
/** After a sweep that failed, in milliseconds. */
const RETRY_MS = 5_000;
/** Documents that a sweep reads at most. */
const SWEEP_LIMIT = 1_000;

/** How long it is until the next sweep for what another process may have left behind, in milliseconds. */
export const untilNextSweep = (): number => SWEEP_MS * (2 / 3 + (2 / 3) * Math.random());

/** A document that needs work, and from when on, in milliseconds since the epoch. */
export interface Due {
  id: string;
  at: number;
}

export interface AgendaWork {
  /**
   * Finds what is due by a moment, soonest first.
   *
   * @param isFirst whether the process has just started, so that nothing is in flight in it
   */
  find(by: number, limit: number, isFirst: boolean): Promise<Due[]>;
  /** Does what is due. What it cannot do stays in the database, for the next sweep. */
  handle(ids: readonly string[]): Promise<void>;
}

/**
 * Handles what is due one by one, several at a time; one that fails does not stop the others.
 *
 * @param atOnce how many at a time
 * @param work handles one
 * @param onFailure gets what `work` throws
 */
export const handleEach =
  (
    atOnce: number,
    work: (id: string) => Promise<void>,
    onFailure: (error: unknown, id: string) => void,
  ): AgendaWork['handle'] =>
  async (ids) => {
    const waiting = ids.values();
    const worker = async (): Promise<void> => {
      for (const id of waiting) await work(id).catch((error: unknown) => onFailure(error, id));
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };

/**
 * The documents that soon need work. What a process knows, it need not search for: the database is swept at the
 * start and every half minute, for everything that falls due until the next sweep, and each document is then handled
 * by its id, at its time.
 */
export class Agenda {
  private readonly times = new Map<string, number>();
  private nextSweep = 0;

  /** Notes a document's time; one that is later than the next sweep is left to it. */
  add({ id, at }: Due): void {
    if (at <= Date.now() + LOOK_AHEAD_MS) this.times.set(id, at);
  }

  /** The worker that sweeps, and handles what is due. */
  worker(name: string, work: AgendaWork): Periodic {
    return periodic(name, CHECK_MS, async (isFirst) => {
      if (isFirst || Date.now() >= this.nextSweep) await this.sweep(work, isFirst);
      const due = this.takeDue();
      if (due.length > 0) await work.handle(due);
    });
  }

  private async sweep(work: AgendaWork, isFirst: boolean): Promise<void> {
    this.nextSweep = Date.now() + RETRY_MS;
    const found = await work.find(Date.now() + LOOK_AHEAD_MS, SWEEP_LIMIT, isFirst);
    for (const due of found) this.add(due);
    this.nextSweep = Date.now() + untilNextSweep();
    const last = found.at(-1);
    // There may be more, which come after this one.
    if (last && found.length === SWEEP_LIMIT) this.nextSweep = Math.min(this.nextSweep, last.at);
  }

  private takeDue(): string[] {
    const now = Date.now();
    const due = [...this.times].filter(([, at]) => at <= now).map(([id]) => id);
    for (const id of due) this.times.delete(id);
    return due;
  }
}
