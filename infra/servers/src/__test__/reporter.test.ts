import { stripVTControlCharacters } from 'node:util';
import { createReporter } from '../reporter';

const SECOND = 1_000;
let written: string;

/** A step of that length in which `text` is the last update. */
const step = async (ms: number, isTTY: boolean): Promise<void> => {
  const output = { isTTY, columns: 40, write: (text: string) => Boolean((written += text)) };
  const done = createReporter(output).step('Build', 'built', async (update) => {
    update('half');
    await new Promise((resolve) => setTimeout(resolve, ms));
  });
  await jest.advanceTimersByTimeAsync(ms);
  await done;
};

beforeEach(() => {
  written = '';
  jest.useFakeTimers();
});

afterEach(() => jest.useRealTimers());

describe('when work is shown', () => {
  test('then quick work is not', async () => {
    await step(0.9 * SECOND, false);
    await step(0.9 * SECOND, true);

    expect(written).toBe('');
  });

  test('then long work is a line every ten seconds and one at the end', async () => {
    await step(25 * SECOND, false);

    expect(written).toBe(`${'Build … half\n'.repeat(3)}Build: built (25.0 s)\n`);
  });

  test('then on a terminal it is one line that changes', async () => {
    await step(2 * SECOND, true);

    expect(stripVTControlCharacters(written)).toMatch(
      /^Build half 1\.0 s\rBuild half 1\.2 s\r.*Build: built \(2\.0 s\)\n$/s,
    );
    expect(written.match(/\n/g)).toHaveLength(1);
  });
});
