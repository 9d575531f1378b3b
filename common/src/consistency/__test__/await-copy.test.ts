import { setTimeout as sleep } from 'node:timers/promises';
import { awaitCopy } from '../await-copy';

it('when the copy is there, then it is read once', async () => {
  const read = jest.fn(async () => 'copy');
  expect(await awaitCopy(read)).toBe('copy');
  expect(read).toHaveBeenCalledTimes(1);
});

it('when the copy is on its way, then it is waited for', async () => {
  let copy: string | null = null;
  void sleep(120).then(() => (copy = 'copy'));
  expect(await awaitCopy(async () => copy)).toBe('copy');
});

it('when the copy is older than what was seen, then a newer one is waited for', async () => {
  let version = 1;
  void sleep(120).then(() => (version = 2));
  expect(
    await awaitCopy(
      async () => version,
      (copy) => copy >= 2,
    ),
  ).toBe(2);
});

it('when nothing comes, then what there is is returned after a second', async () => {
  expect(await awaitCopy(async () => null)).toBeNull();
  expect(
    await awaitCopy(
      async () => 1,
      (copy) => copy >= 2,
    ),
  ).toBe(1);
});
