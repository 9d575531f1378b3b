import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const KEPT_OUTPUT = 4_000;

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs?: number;
  /** How many of its last lines a failure quotes. */
  keptLines?: number;
  /** Called with each line of output, for a progress line. */
  onLine?: (line: string) => void;
}

/** Without colours, and without the level that Maven puts before each line. */
const plain = (line: string): string =>
  stripVTControlCharacters(line)
    .replace(/^\[\w+\]/, '')
    .trim();

const running = new Set<ChildProcess>();

// A runner that is stopped while it obtains something takes what it has started with it.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs a program to its end; a failure carries the last of its output. */
export const run = (command: string, args: string[], options: RunOptions = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const { cwd, env = process.env, timeoutMs = 30_000, keptLines = 3, onLine } = options;
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const take = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
      for (const line of chunk.toString().split('\n')) if (line.trim()) onLine?.(plain(line));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => {
      running.delete(child);
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      clearTimeout(timer);
      if (code === 0) return resolve(output);
      const ended =
        signal === 'SIGKILL' ? `was ended after ${timeoutMs / 1000} s` : `ended with ${code ?? signal}`;
      const tail = stripVTControlCharacters(output)
        .trim()
        .split('\n')
        .slice(-keptLines)
        .join(keptLines > 3 ? '\n' : ' | ');
      reject(new Error(`${path.basename(command)} ${ended}${tail ? `: ${tail}` : ''}`));
    });
  });

export const isExecutable = async (file: string): Promise<boolean> => {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The first executable of that name on PATH. */
export const findOnPath = async (name: string): Promise<string | undefined> => {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const directory of (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)) {
    for (const suffix of suffixes) {
      const file = path.join(directory, name + suffix);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
};

export const requireOnPath = async (name: string): Promise<string> => {
  const file = await findOnPath(name);
  if (!file) throw new Error(`${name} is not on PATH`);
  return file;
};
