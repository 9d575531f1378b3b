import { setImmediate as tick } from 'node:timers/promises';
import { deferred } from '../../__test__/support/eventually';
import { KeyedQueue } from '../keyed-queue';

describe('KeyedQueue', () => {
  it('when work has the same key, then it runs one at a time in order of arrival', async () => {
    const queue = new KeyedQueue();
    const log: string[] = [];
    const gates = [deferred(), deferred(), deferred()];
    const runs = gates.map((gate, n) =>
      queue.run('a', async () => {
        log.push(`begin ${n}`);
        await gate.promise;
        log.push(`end ${n}`);
      }),
    );
    // Opened in the opposite order: only the queue can keep it.
    for (const gate of [...gates].reverse()) {
      gate.resolve();
      await tick();
    }
    await Promise.all(runs);
    expect(log).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('when keys differ, then work runs at the same time', async () => {
    const queue = new KeyedQueue();
    const blocked = deferred();
    const first = queue.run('a', () => blocked.promise);
    await expect(queue.run('b', () => 'done')).resolves.toBe('done');
    blocked.resolve();
    await first;
  });

  it('when work fails, then its caller hears of it and the next work runs', async () => {
    const queue = new KeyedQueue();
    const failed = queue.run('a', () => Promise.reject(new Error('no')));
    const thrown = queue.run('a', () => {
      throw new Error('never');
    });
    const next = queue.run('a', () => 42);
    await expect(failed).rejects.toThrow('no');
    await expect(thrown).rejects.toThrow('never');
    await expect(next).resolves.toBe(42);
  });

  it('when all work has ended, then nothing of it is kept', async () => {
    const queue = new KeyedQueue();
    const tails = (queue as unknown as { tails: Map<string, unknown> }).tails;
    const blocked = deferred();
    const runs = Array.from({ length: 300 }, (_, n) =>
      queue.run(`key ${n % 100}`, async () => {
        await blocked.promise;
        if (n % 3 === 0) throw new Error('no');
      }),
    );
    expect(tails.size).toBe(100);
    blocked.resolve();
    await Promise.allSettled(runs);
    await tick();
    expect(tails.size).toBe(0);
  });
});
