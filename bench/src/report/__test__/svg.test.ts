import { JSDOM } from 'jsdom';
import { linearScale, linePlot, logScale, type Plot } from '../svg';

describe('when a linear scale is made', () => {
  it('then it begins at zero and its steps are round', () =>
    expect(linearScale([3, 47]).ticks).toEqual([0, 10, 20, 30, 40, 50]));
  it('then small values have no rounding dust', () =>
    expect(linearScale([0.3]).ticks).toEqual([0, 0.1, 0.2, 0.3]));
  it('then the last tick is at the end', () => expect(linearScale([47]).place(50)).toBe(1));
  it('then zeros alone still have an axis', () => expect(linearScale([0]).ticks.length).toBeGreaterThan(1));
});

describe('when a logarithmic scale is made', () => {
  it('then it spans whole powers of ten', () =>
    expect(logScale([30, 4_000]).ticks).toEqual([10, 100, 1_000, 10_000]));
  it('then the middle of two powers is in the middle', () =>
    expect(logScale([1, 100]).place(10)).toBeCloseTo(0.5));
  it('then one value still has an axis', () => expect(logScale([100]).ticks).toEqual([100, 1_000]));
});

describe('when a plot is drawn', () => {
  const plot: Plot = {
    title: 'Requests & <answers>',
    x: { label: 'connections' },
    y: { label: 'requests/s' },
    series: [
      {
        name: 'ours',
        points: [
          [1, 10],
          [2, 20],
          [4, null],
          [8, 20],
        ],
      },
      {
        name: 'floor',
        points: [
          [1, 40],
          [8, 50],
        ],
      },
    ],
  };
  const { document } = new JSDOM(linePlot(plot), { contentType: 'image/svg+xml' }).window;
  const texts = [...document.querySelectorAll('text')].map((node) => node.textContent);
  const lines = [...document.querySelectorAll('path[stroke-width]')].map(
    (node) => node.getAttribute('d') ?? '',
  );

  it('then it is well-formed and says what it shows', () => {
    expect(document.documentElement.tagName).toBe('svg');
    expect(document.querySelector('title')?.textContent).toBe('Requests & <answers>');
    expect(texts).toEqual(expect.arrayContaining(['connections', 'requests/s', 'ours', 'floor', '50']));
  });

  it('then a line breaks where a point is missing', () => {
    expect(lines.map((path) => path.split('L').length)).toEqual([2, 1, 2]);
  });

  it('then more is higher', () => {
    const [first = NaN, second = NaN] = (lines[0] ?? '')
      .slice(1)
      .split('L')
      .map((point) => Number(point.split(' ')[1]));
    expect(second).toBeLessThan(first);
  });
});
