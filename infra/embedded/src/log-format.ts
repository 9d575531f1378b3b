import { coloursFor } from '@ticketing/servers';
import { prettyFactory } from 'pino-pretty';

const NAME_COLOURS = ['cyan', 'magenta', 'blue', 'green', 'yellow'] as const;
const NAME_WIDTH = 14;

/** Formats the lines of one process for the terminal: pino's JSON becomes `orders | [13:04:05] INFO: message {…}`. */
export const lineFormatter = (name: string, index: number, output: Parameters<typeof coloursFor>[0]) => {
  const colours = coloursFor(output);
  const label = colours[NAME_COLOURS[index % NAME_COLOURS.length] ?? 'cyan'](name.padEnd(NAME_WIDTH));
  const format = prettyFactory({
    colorize: colours.isColorSupported,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,name,service',
    singleLine: true,
  });
  return (line: string): string => `${label} | ${format(line).trimEnd()}`;
};
