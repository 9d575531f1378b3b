import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export * from '../../../servers/src/__test__/support';

export const packageRoot = path.resolve(__dirname, '../..');

export const fixture = (name: string): string => path.join(__dirname, 'fixtures', name);

export const waitFor = async (
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> => {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await sleep(25);
  }
};
