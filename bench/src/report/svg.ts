/** A line of a plot; `null` is a point that could not be measured. */
export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number | null])[];
}

export interface Plot {
  title: string;
  x: { label: string; log?: boolean };
  y: { label: string; log?: boolean };
  series: readonly Series[];
}

interface Scale {
  ticks: number[];
  /** @returns the place of a value, from 0 to 1 */
  place(value: number): number;
}

const WIDTH = 720;
const HEIGHT = 400;
const MARGIN = { top: 48, right: 150, bottom: 52, left: 76 };
const PLOT = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
/** Distinct for colour-blind readers, too (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#595959', '#009e73', '#cc79a7', '#b58900'];
const TICKS = 5;

/** The smallest of 1, 2 and 5 times a power of ten that is not less. */
const niceStep = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((factor) => factor * power >= value) ?? 10) * power;
};

/** From zero to the largest value, rounded up. */
export const linearScale = (values: readonly number[]): Scale => {
  const step = niceStep((Math.max(...values, 0) || 1) / TICKS);
  const count = Math.max(1, Math.ceil(Math.max(...values, 0) / step));
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6)));
  return { ticks, place: (value) => value / (count * step) };
};

/** From the power of ten below the smallest positive value to the one above the largest. */
export const logScale = (values: readonly number[]): Scale => {
  const positive = values.filter((value) => value > 0);
  const from = Math.floor(Math.log10(Math.min(...positive, 1e9)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...positive, 10 ** from))));
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => Number((10 ** (from + i)).toPrecision(6)));
  return { ticks, place: (value) => (Math.log10(value) - from) / (to - from) };
};

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const text = (x: number, y: number, content: string, attributes = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${escape(content)}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number, stroke: string): string => {
  const [a, b, c, d] = [x1, y1, x2, y2].map((value) => value.toFixed(1));
  return `<path d="M${a} ${b}L${c} ${d}" stroke="${stroke}"/>`;
};

/** The parts of a line between missing points. */
const segments = ({ points }: Series): [number, number][][] =>
  points
    .reduce<[number, number][][]>(
      (parts, [x, y]) => {
        if (y === null) parts.push([]);
        else parts.at(-1)?.push([x, y]);
        return parts;
      },
      [[]],
    )
    .filter((part) => part.length > 0);

/** Draws lines over two axes, with a legend, as a stand-alone SVG document. */
export const linePlot = ({ title, x, y, series }: Plot): string => {
  const points = series.flatMap((one) => one.points);
  const scaleX = (x.log ? logScale : linearScale)(points.map(([value]) => value));
  const scaleY = (y.log ? logScale : linearScale)(points.flatMap(([, value]) => value ?? []));
  const left = (value: number): number => MARGIN.left + scaleX.place(value) * PLOT.width;
  const top = (value: number): number => MARGIN.top + (1 - scaleY.place(value)) * PLOT.height;
  const bottom = MARGIN.top + PLOT.height;
  const right = MARGIN.left + PLOT.width;

  const axes = [
    ...scaleY.ticks.flatMap((tick) => [
      line(MARGIN.left, top(tick), right, top(tick), '#ddd'),
      text(MARGIN.left - 8, top(tick) + 4, tick.toLocaleString('en-US'), 'text-anchor="end"'),
    ]),
    ...scaleX.ticks.flatMap((tick) => [
      line(left(tick), bottom, left(tick), bottom + 5, '#333'),
      text(left(tick), bottom + 19, tick.toLocaleString('en-US'), 'text-anchor="middle"'),
    ]),
    line(MARGIN.left, bottom, right, bottom, '#333'),
    text(MARGIN.left + PLOT.width / 2, HEIGHT - 12, x.label, 'text-anchor="middle"'),
    text(MARGIN.left, MARGIN.top - 10, y.label, 'fill="#555"'),
  ];
  const lines = series.flatMap((one, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? '#000';
    const legend = MARGIN.top + 10 + index * 20;
    const drawn = segments(one).map((part) => {
      const path = part.map(([a, b]) => `${left(a).toFixed(1)} ${top(b).toFixed(1)}`).join('L');
      const dots = part.length > 40 ? [] : part;
      const circles = dots.map(
        ([a, b]) => `<circle cx="${left(a).toFixed(1)}" cy="${top(b).toFixed(1)}" r="3" fill="${colour}"/>`,
      );
      return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"/>${circles.join('')}`;
    });
    return [
      ...drawn,
      line(right + 14, legend, right + 34, legend, colour),
      text(right + 40, legend + 4, one.name),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(MARGIN.left, 20, title, 'font-size="15" font-weight="600"'),
    ...axes,
    ...lines,
    '</svg>\n',
  ].join('\n');
};
