import { mkdirSync, writeFileSync } from 'node:fs';
import { acquireLock, holderOf } from '../lock';
import { temporaryDirectory } from './support';

const inDirectory = temporaryDirectory();
const file = () => inDirectory('deep', 'lock');

describe('when a lock is taken', () => {
  test('then the next taker learns who holds it, until it is released', async () => {
    const release = await acquireLock(file());

    await expect(acquireLock(file())).rejects.toMatchObject({ name: 'LockedError', pid: process.pid });
    release();

    (await acquireLock(file()))();
    expect(holderOf(file())).toBeUndefined();
  });

  test.each([
    ['whose holder has ended', JSON.stringify({ pid: 2 ** 22 + 1, born: '1' })],
    ['whose pid belongs to another process now', JSON.stringify({ pid: process.pid, born: 'another time' })],
    ['that is broken', ''],
  ])('then one %s is taken over', async (_which, content) => {
    mkdirSync(inDirectory('deep'));
    writeFileSync(file(), content);

    await acquireLock(file());

    expect(holderOf(file())).toBe(process.pid);
  });

  test('then a taker that waits gets it when it is released', async () => {
    const release = await acquireLock(file());
    const onWait = jest.fn();
    const second = acquireLock(file(), { waitMs: 5_000, onWait });
    setTimeout(release, 200);

    await second;

    expect(onWait.mock.calls).toEqual([[process.pid]]);
  });
});
