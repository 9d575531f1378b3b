import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { acquireLock, holderOf } from '../lock';
import { temporaryDirectory } from './support';

const directory = temporaryDirectory();
const file = () => path.join(directory(), 'deep', 'lock');

describe('when a lock is taken', () => {
  test('then a second taker is told who has it, until it is released', async () => {
    const release = await acquireLock(file());

    await expect(acquireLock(file())).rejects.toMatchObject({ name: 'LockedError', pid: process.pid });
    await release();

    await (
      await acquireLock(file())
    )();
    expect(await holderOf(file())).toBeUndefined();
  });

  test('then one whose holder is gone is taken over', async () => {
    await (
      await acquireLock(file())
    )();
    await writeFile(file(), JSON.stringify({ pid: 2 ** 22 + 1, born: '1' }));

    await acquireLock(file());

    expect(await holderOf(file())).toBe(process.pid);
  });

  test('then one whose pid belongs to another process by now is taken over', async () => {
    await (
      await acquireLock(file())
    )();
    await writeFile(file(), JSON.stringify({ pid: process.pid, born: 'another time' }));

    await acquireLock(file());

    expect(await holderOf(file())).toBe(process.pid);
  });

  test('then a broken file is taken over', async () => {
    await (
      await acquireLock(file())
    )();
    await writeFile(file(), '');

    await acquireLock(file());

    expect(await holderOf(file())).toBe(process.pid);
  });

  test('then a taker that waits gets it when it is released', async () => {
    const release = await acquireLock(file());
    const waited: number[] = [];
    const second = acquireLock(file(), { waitMs: 5_000, onWait: (pid) => waited.push(pid) });
    setTimeout(() => void release(), 200);

    await second;

    expect(waited).toEqual([process.pid]);
  });
});
