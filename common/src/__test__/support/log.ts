import pino from 'pino';
import { logger } from '../../logging/logger';

export type LogLine = { level: string; msg: string } & Record<string, unknown>;

/** Collects the suite's log lines instead of printing them; emptied before each test. */
export const captureLog = (): LogLine[] => {
  const lines: LogLine[] = [];
  const destination = (logger as unknown as Record<symbol, { write(line: string): boolean }>)[
    pino.symbols.streamSym
  ]!;
  beforeAll(() => {
    logger.level = 'trace';
    jest.spyOn(destination, 'write').mockImplementation((line) => {
      lines.push(JSON.parse(line));
      return true;
    });
  });
  beforeEach(() => void lines.splice(0));
  afterAll(() => jest.restoreAllMocks());
  return lines;
};
