import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const fixture = (name: string): string => path.join(__dirname, 'fixtures', name);

/** A temporary directory for each test of a file. */
export const temporaryDirectory = (): (() => string) => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'ticketing-embedded-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return () => directory;
};

export const script = async (file: string, body: string): Promise<string> => {
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

export const until = async (
  condition: () => boolean | Promise<boolean>,
  what: string,
  ms = 10_000,
): Promise<void> => {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within ${ms} ms: ${what}`);
    await sleep(25);
  }
};

/** Sets variables for one test; `undefined` removes one. */
export const withEnv = (): ((values: Record<string, string | undefined>) => void) => {
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    before = { ...process.env };
  });
  afterEach(() => {
    process.env = before;
  });
  return (values) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
};
