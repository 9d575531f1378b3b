import type { Line } from '../measure';

/** How many times better ours is than another contender; undefined where one was not measured. */
export const ratio = ({ ours, lowerIsBetter }: Line, other: number | undefined): number | undefined => {
  if (!ours || !other) return undefined;
  return lowerIsBetter ? other / ours : ours / other;
};

/** A number in about three significant digits. */
export const format = (value: number | undefined): string => {
  if (value === undefined || Number.isNaN(value)) return '–';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
};

/** A ratio in about three significant digits. */
export const times = (value: number | undefined): string => (value === undefined ? '–' : `${format(value)}×`);

/** A Markdown table with aligned columns: the first and the last are text, the others numbers. */
export const markdown = (headings: string[], body: string[][]): string => {
  const rows = [headings, ...body];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isText = (column: number) => column === 0 || column === headings.length - 1;
  const pad = (cell: string, column: number) =>
    isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const rule = widths.map((width, column) =>
    isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head = [], ...others] = rows.map((row) => row.map(pad));
  return [head, rule, ...others].map((row) => `| ${row.join(' | ')} |`).join('\n');
};

/** What was measured, the ratios first. */
export const table = (lines: readonly Line[]): string =>
  markdown(
    ['what', 'of the floor', 'of the textbook', 'ours', 'floor', 'textbook', 'unit'],
    lines.map((line) => [
      line.name,
      times(ratio(line, line.floor)),
      times(ratio(line, line.textbook)),
      format(line.ours),
      format(line.floor),
      format(line.textbook),
      line.lowerIsBetter ? `${line.unit} (lower is better)` : line.unit,
    ]),
  );

/** The processor time of a request, of the services and servers and with the events that follow. */
export const costTable = (lines: readonly Line[]): string =>
  markdown(
    ['processor time of a', 'ours', 'floor', 'textbook', 'unit'],
    lines
      .filter(({ cpuMs }) => cpuMs.ours !== undefined)
      .map(({ name, cpuMs }) => [
        name,
        format(cpuMs.ours),
        format(cpuMs.floor),
        format(cpuMs.textbook),
        'ms',
      ]),
  );
