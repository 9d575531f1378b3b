import { accessSync, constants, mkdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { acquireLock } from './lock';
import { silent, type Reporter } from './reporter';
import { findOnPath, isExecutable, run } from './run';

export interface ServerBinary {
  /** The program to start. */
  file: string;
  /** How it was found, for messages. */
  origin: string;
  /** One flavour cannot read the data of another, so each has its own directory. */
  flavour: string;
}

/** One way to obtain a server that is not installed. */
export interface Source {
  origin: string;
  /** What it does, shown while it lasts. */
  activity: string;
  /** Its folder in the cache, named after the version. */
  folder: string;
  flavour?: string;
  /** Programs on PATH without which it cannot be obtained, and without which it cannot run. */
  needs?: string[];
  runtime?: string;
  /** Puts the program under its usual name into `folder`. @throws Error when that is not possible here */
  obtain(folder: string, update: (text: string) => void): Promise<void>;
}

export interface Wanted {
  /** The product's name: MongoDB. */
  title: string;
  /** Its name on PATH: mongod. */
  program: string;
  /** The environment variable that names a program to use, whatever else there is. */
  variable: string;
  /** How to install it. */
  advice: string;
  sources: Source[];
}

export interface ObtainOptions {
  cache?: string;
  report?: Reporter;
}

export class ServerNotFoundError extends Error {
  override name = 'ServerNotFoundError';
}

/**
 * Where obtained servers are kept: the user's own cache, so that a second clone finds what the first one built, or
 * the repository's where the home directory cannot be written.
 */
const cacheDir = (): string => {
  const { TICKETING_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  const wanted =
    TICKETING_CACHE_DIR ?? path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'ticketing');
  try {
    mkdirSync(wanted, { recursive: true });
    accessSync(wanted, constants.W_OK);
    return wanted;
  } catch {
    return path.resolve(__dirname, '../../../.cache/ticketing');
  }
};

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: Error };
  const why = cause?.message && !message.includes(cause.message) ? ` (${reasonOf(cause)})` : '';
  return `${message}${why}`.replace(/\s*\n\s*/g, ' ').slice(0, 400);
};

/** A program that cannot print its version does not work here: a library is missing, or it is for another CPU. */
const check = (file: string) => run(file, ['--version'], { timeoutMs: 20_000 });

/** Fills a scratch folder and moves it into place, so that an interrupted attempt leaves nothing that looks finished. */
const fillFolder = async (folder: string, fill: (scratch: string) => Promise<void>): Promise<void> => {
  const scratch = path.join(path.dirname(folder), `.${path.basename(folder)}-partial`);
  try {
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true });
    await fill(scratch);
    await rm(folder, { recursive: true, force: true });
    await rename(scratch, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

const binaryOf = (source: Source, { program }: Wanted, cache: string): ServerBinary => ({
  file: path.join(cache, source.folder, program),
  origin: source.origin,
  flavour: source.flavour ?? program,
});

const obtainedEarlier = (wanted: Wanted, cache: string): ServerBinary | undefined =>
  wanted.sources
    .filter(({ runtime }) => !runtime || findOnPath(runtime))
    .map((source) => binaryOf(source, wanted, cache))
    .find(({ file }) => isExecutable(file));

/** @throws Error that says why the source does not give a program that works here */
const obtainFrom = async (
  source: Source,
  wanted: Wanted,
  cache: string,
  report: Reporter,
): Promise<ServerBinary> => {
  const binary = binaryOf(source, wanted, cache);
  const folder = path.dirname(binary.file);
  const missing = source.needs?.find((name) => !findOnPath(name));
  if (missing) throw new Error(`${missing} is not on PATH`);
  try {
    await report.step(`${wanted.title}: ${source.activity}`, 'done', (update) =>
      fillFolder(folder, (scratch) => source.obtain(scratch, update)),
    );
    await check(binary.file);
    return binary;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};

/**
 * Finds or obtains a server: the program that the variable names, the installed one, one obtained earlier, and only
 * then each source in its order. What was obtained is kept, so that a download that is not possible here costs its
 * time once.
 * @throws ServerNotFoundError that lists what was tried, why each failed, and how to provide the server
 */
export const obtainServer = async (wanted: Wanted, options: ObtainOptions = {}): Promise<ServerBinary> => {
  const { title, program, variable, advice, sources } = wanted;
  const { cache = cacheDir(), report = silent } = options;

  const named = process.env[variable];
  if (named) {
    if (isExecutable(named)) return { file: path.resolve(named), origin: variable, flavour: program };
    throw new Error(`${variable} is ${named}, which is not an executable program.`);
  }

  const failures: string[] = [];
  const installed = findOnPath(program);
  try {
    if (!installed) throw new Error('none');
    await check(installed);
    return { file: installed, origin: 'PATH', flavour: program };
  } catch (error) {
    failures.push(`  - ${installed ?? `${program} on PATH`}: ${reasonOf(error)}`);
  }

  const known = obtainedEarlier(wanted, cache);
  if (known) return known;
  const release = await acquireLock(path.join(cache, `${program}.lock`), {
    waitMs: 15 * 60_000,
    onWait: (pid) => report.info(`${title}: process ${pid} is obtaining it; waiting`),
  });
  try {
    const meanwhile = obtainedEarlier(wanted, cache);
    if (meanwhile) return meanwhile;
    report.info(`${title} is not installed; obtaining it once`);
    for (const source of sources) {
      try {
        return await obtainFrom(source, wanted, cache, report);
      } catch (error) {
        failures.push(`  - ${source.origin}: ${reasonOf(error)}`);
      }
    }
  } finally {
    release();
  }
  throw new ServerNotFoundError(
    `${title} was not found and could not be obtained. Looked for:\n${failures.join('\n')}\n` +
      `To provide it: ${advice}, or set ${variable} to the path of a ${program} program.`,
  );
};
