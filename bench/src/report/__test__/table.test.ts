import type { Line } from '../../measure';
import { costTable, format, ratio, table } from '../table';

const line = (values: Partial<Line>): Line => ({
  name: 'order',
  unit: 'requests/s',
  lowerIsBetter: false,
  cpuMs: {},
  samples: {},
  notes: {},
  ...values,
});

describe('when a ratio is taken', () => {
  it('then twice the throughput is 2', () => expect(ratio(line({ ours: 200 }), 100)).toBe(2));
  it('then half the latency is 2', () => expect(ratio(line({ ours: 5, lowerIsBetter: true }), 10)).toBe(2));
  it('then a contender that was not measured has none', () =>
    expect(ratio(line({ ours: 200 }), undefined)).toBeUndefined());
});

describe('when a number is printed', () => {
  it.each([
    [12_345.6, '12,346'],
    [99.94, '99.9'],
    [1.234, '1.23'],
    [undefined, '–'],
  ])('then %p is %p', (value, text) => expect(format(value)).toBe(text));
});

describe('when a table is printed', () => {
  const text = table([
    line({ ours: 500, floor: 1_000, textbook: 250 }),
    line({ name: 'until orderable', unit: 'ms', lowerIsBetter: true, ours: 10, floor: 5 }),
  ]);

  it('then the ratios come first, and a missing contender is a dash', () =>
    expect(text.split('\n').map((row) => row.replace(/ +/g, ' '))).toEqual([
      '| what | of the floor | of the textbook | ours | floor | textbook | unit |',
      expect.stringMatching(/^\| -+ \| -+: \|.* -+ \|$/),
      '| order | 0.50× | 2.00× | 500 | 1,000 | 250 | requests/s |',
      '| until orderable | 0.50× | – | 10.0 | 5.00 | – | ms (lower is better) |',
    ]));

  it('then its columns are aligned', () =>
    expect(new Set(text.split('\n').map((row) => row.length)).size).toBe(1));
});

describe('when processor times are printed', () => {
  it('then rows without one are left out', () => {
    const text = costTable([line({ cpuMs: { ours: 1.5, floor: 0.25 } }), line({ name: 'memory' })]);
    expect(text.split('\n')[2]?.replace(/ +/g, ' ')).toBe('| order | 1.50 | 0.25 | – | ms |');
    expect(text).not.toContain('memory');
  });
});
