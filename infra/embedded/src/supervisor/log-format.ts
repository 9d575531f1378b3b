import { coloursFor } from '@ticketing/servers';

type Colour = 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';

const LEVELS: Record<string, { number: number; colour: Colour }> = {
  trace: { number: 10, colour: 'dim' },
  debug: { number: 20, colour: 'dim' },
  info: { number: 30, colour: 'green' },
  warn: { number: 40, colour: 'yellow' },
  error: { number: 50, colour: 'red' },
  fatal: { number: 60, colour: 'red' },
};

/** pino writes a level as a number unless it is told to write its label. */
const levelOf = (value: unknown): { name: string; colour: Colour; severe: boolean } => {
  const byNumber = Object.entries(LEVELS).find(([, { number }]) => number === value)?.[0];
  const name = byNumber ?? String(value);
  const known = LEVELS[name];
  return { name: name.toUpperCase(), colour: known?.colour ?? 'dim', severe: (known?.number ?? 0) >= 50 };
};

const NAME_COLOURS: Colour[] = ['cyan', 'magenta', 'blue', 'green', 'yellow'];

/** Said in every line or shown elsewhere in it. */
const OMITTED = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'name', 'service', 'v', 'stack']);

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const clock = (time: unknown): string => {
  const date = new Date(typeof time === 'number' || typeof time === 'string' ? time : Date.now());
  return Number.isNaN(date.getTime()) ? String(time) : date.toTimeString().slice(0, 8);
};

const text = (value: unknown): string => {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? String(value);
};

function* pairs(fields: Fields, prefix = ''): Generator<string> {
  for (const [key, value] of Object.entries(fields)) {
    if (OMITTED.has(key) && (prefix === '' || key === 'stack')) continue;
    if (isFields(value) && prefix.split('.').length <= 2) yield* pairs(value, `${prefix}${key}.`);
    else if (value !== undefined) yield `${prefix}${key}=${text(value)}`;
  }
}

const parse = (line: string): Fields | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) && 'level' in value ? value : undefined;
  } catch {
    return undefined;
  }
};

/** A formatter of one process's lines: pino's JSON becomes `time level [service] message key=value`. */
export const lineFormatter = (
  name: string,
  index: number,
  output: { isTTY?: boolean; write(text: string): unknown },
) => {
  const colours = coloursFor(output as NodeJS.WriteStream);
  const paint = (colour: Colour, text: string): string => colours[colour](text);
  const label = paint(NAME_COLOURS[index % NAME_COLOURS.length]!, `[${name}]`);
  return (line: string): string => {
    const fields = parse(line);
    if (!fields) return `${paint('dim', clock(undefined))}       ${label} ${line}`;
    const level = levelOf(fields.level);
    const details = [...pairs(fields)].join(' ');
    const err = fields.err as Fields | undefined;
    const stack = level.severe && typeof err?.stack === 'string' ? `\n${paint('dim', err.stack)}` : '';
    const head = `${paint('dim', clock(fields.time))} ${paint(level.colour, level.name.padEnd(5))} ${label}`;
    return `${head} ${String(fields.msg ?? '')}${details ? ` ${paint('dim', details)}` : ''}${stack}`;
  };
};
