import { Agenda, type Due } from '../agenda';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** An agenda over a fake database, with a clock that the test moves. */
const start = async (stored: Due[] = []) => {
  jest.useFakeTimers();
  const agenda = new Agenda();
  const find = jest.fn(async (by: number, limit: number) =>
    stored.filter(({ at }) => at <= by).slice(0, limit),
  );
  const handle = jest.fn(async (ids: readonly string[]) => {
    for (const id of ids) {
      const index = stored.findIndex((due) => due.id === id);
      if (index >= 0) stored.splice(index, 1);
    }
  });
  const worker = agenda.worker('test', { find, handle });
  await worker.start();
  await jest.advanceTimersByTimeAsync(0);
  return { agenda, find, handle, worker, pass: (ms: number) => jest.advanceTimersByTimeAsync(ms) };
};

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('when a process has an agenda', () => {
  it('then what is due at its start is handled at once', async () => {
    const { handle, worker } = await start([{ id: 'a', at: 0 }]);
    expect(handle.mock.calls).toEqual([[['a']]]);
    await worker.stop();
  });

  it('then what it knows is handled at its time, and nothing is searched for', async () => {
    const { agenda, find, handle, worker, pass } = await start();
    agenda.add({ id: 'a', at: Date.now() + 3 * SECOND });
    await pass(2 * SECOND);
    expect(handle).not.toHaveBeenCalled();
    await pass(2 * SECOND);
    expect(handle.mock.calls).toEqual([[['a']]]);
    expect(find).toHaveBeenCalledTimes(1);
    await worker.stop();
  });

  it('then the database is searched two or three times a minute', async () => {
    const { find, worker, pass } = await start();
    await pass(10 * MINUTE);
    expect(find.mock.calls.length).toBeGreaterThanOrEqual(10 * (60 / 42));
    expect(find.mock.calls.length).toBeLessThanOrEqual(10 * 3 + 1);
    await worker.stop();
  });

  it('then what another process has left is handled at its time as well', async () => {
    const stored: Due[] = [];
    const { handle, worker, pass } = await start(stored);
    const at = Date.now() + 2 * MINUTE;
    stored.push({ id: 'a', at });
    await pass(2 * MINUTE - SECOND);
    expect(handle).not.toHaveBeenCalled();
    await pass(2 * SECOND);
    expect(handle.mock.calls).toEqual([[['a']]]);
    await worker.stop();
  });

  it('then what could not be handled is found by the next sweep', async () => {
    const { handle, worker, pass } = await start([{ id: 'a', at: Date.now() + SECOND }]);
    handle.mockRejectedValueOnce(new Error('no database'));
    await pass(MINUTE);
    expect(handle.mock.calls).toEqual([[['a']], [['a']]]);
    await worker.stop();
  });

  it('then a search that failed is repeated within seconds', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const { find, worker, pass } = await start();
    find.mockRejectedValueOnce(new Error('no database'));
    await pass(32 * SECOND);
    expect(find).toHaveBeenCalledTimes(2);
    await pass(6 * SECOND);
    expect(find).toHaveBeenCalledTimes(3);
    await worker.stop();
  });

  it('then more than a search returns is found by the next one, in time', async () => {
    const soon = Date.now() + 2 * SECOND;
    const stored = Array.from({ length: 1_500 }, (_, n) => ({ id: String(n), at: soon + n }));
    const { handle, worker, pass } = await start(stored);
    await pass(8 * SECOND);
    expect(new Set(handle.mock.calls.flat(2)).size).toBe(1_500);
    await worker.stop();
  });
});
