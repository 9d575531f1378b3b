import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify, stripVTControlCharacters } from 'node:util';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs?: number;
  /** How many of its last lines a failure quotes. */
  quotedLines?: number;
  /** Called with each line of output. */
  onLine?: (line: string) => void;
}

/**
 * Runs a program to its end; it is killed when this process ends first.
 * @returns its standard output
 * @throws Error that quotes the last lines of its output, when it fails or takes too long
 */
export const run = async (command: string, args: string[], options: RunOptions = {}): Promise<string> => {
  const { cwd, env = process.env, timeoutMs = 30_000, quotedLines = 3, onLine } = options;
  const limits = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: Infinity } as const;
  const running = promisify(execFile)(command, args, { cwd, env, ...limits });
  const lines: string[] = [];
  for (const input of [running.child.stdout, running.child.stderr]) {
    if (!input) continue;
    createInterface({ input }).on('line', (raw) => {
      // Without colours, and without the level that Maven puts before each line.
      const line = stripVTControlCharacters(raw)
        .replace(/^\[\w+\]/, '')
        .trim();
      if (!line) return;
      lines.push(line);
      onLine?.(line);
    });
  }
  const end = () => running.child.kill('SIGKILL');
  process.once('exit', end);
  try {
    return (await running).stdout;
  } catch (error) {
    const { code, signal, killed, message } = error as Error & Record<'code' | 'signal' | 'killed', unknown>;
    if (typeof code === 'string') throw new Error(message, { cause: error });
    const how = killed ? `was killed after ${timeoutMs / 1000} s` : `ended with ${String(code ?? signal)}`;
    const quoted = lines.slice(-quotedLines).join(quotedLines > 3 ? '\n' : ' | ');
    throw new Error(`${path.basename(command)} ${how}${quoted && `: ${quoted}`}`, { cause: error });
  } finally {
    process.off('exit', end);
  }
};

export const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The first executable of that name on PATH. */
export const findOnPath = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
