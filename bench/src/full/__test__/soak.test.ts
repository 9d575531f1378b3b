import { memoryTable, type Sample } from '../soak';

const sample = (minutes: number, auth: number, heap = auth / 2): Sample => ({
  minutes,
  rss: { auth },
  heap: { auth: heap },
});
const rowOf = (samples: Sample[], name: string): string[] =>
  (
    memoryTable(samples)
      .split('\n')
      .find((line) => line.startsWith(`| ${name} `)) ?? ''
  )
    .split('|')
    .map((cell) => cell.trim())
    .slice(2, -1);

describe('when a soak has ended', () => {
  it('then the first and the last minute of each service are side by side', () =>
    expect(
      rowOf(
        [sample(0, 100), sample(0.5, 110), sample(1, 120), sample(5, 900), sample(9.5, 140), sample(10, 150)],
        'auth',
      ),
    ).toEqual(['110', '145', '55.0', '72.5', 'MiB']));
  it('then of less than two minutes the halves are', () =>
    expect(rowOf([sample(0, 100), sample(0.4, 300), sample(0.6, 500), sample(1, 700)], 'auth')).toEqual([
      '200',
      '600',
      '100',
      '300',
      'MiB',
    ]));
  it('then what was not seen has no figure', () =>
    expect(rowOf([sample(0, 100, NaN), sample(4, 100, 50)], 'auth')).toEqual([
      '100',
      '100',
      '–',
      '50.0',
      'MiB',
    ]));
  it('then a service without samples has none', () =>
    expect(rowOf([sample(0, 100), sample(4, 100)], 'orders')).toEqual(['–', '–', '–', '–', 'MiB']));
});
