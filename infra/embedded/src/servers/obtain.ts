import { rm } from 'node:fs/promises';
import path from 'node:path';
import { acquireLock } from '../lock';
import { cacheDir } from '../paths';
import { silent, type Reporter } from '../terminal';
import { findOnPath, isExecutable, run } from './run';

export interface ServerBinary {
  /** The program to start. */
  file: string;
  /** How it was found, for people. */
  origin: string;
  /** Data of one flavour cannot be read by another, so each has its own directory. */
  flavour: string;
}

export interface ObtainContext {
  cache: string;
  report: Reporter;
}

/** One way to get a server that is not installed. */
export interface Source {
  origin: string;
  flavour?: string;
  /** The program, if an earlier run has obtained it this way. */
  cached(context: ObtainContext): Promise<string | undefined>;
  obtain(context: ObtainContext): Promise<string>;
}

export interface Wanted {
  /** As people know it: MongoDB. */
  title: string;
  /** As PATH knows it: mongod. */
  program: string;
  /** The environment variable that names a program to use, whatever else there is. */
  variable: string;
  /** How to install it by hand. */
  advice: string;
  sources: Source[];
}

export class ServerNotFoundError extends Error {
  override name = 'ServerNotFoundError';

  constructor(wanted: Wanted, failures: { origin: string; reason: string }[]) {
    const looked = failures.map(({ origin, reason }) => `  - ${origin}: ${reason}`).join('\n');
    super(
      `${wanted.title} was not found and could not be obtained. Looked for:\n${looked}\n` +
        `To provide it: ${wanted.advice}, or set ${wanted.variable} to the path of a ${wanted.program} program.`,
    );
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return (error.message.includes(cause) ? error.message : `${error.message} (${cause})`)
    .replace(/\s*\n\s*/g, ' ')
    .slice(0, 400);
};

/** A program that cannot say its version will not serve: a library is missing, or it is for another processor. */
const check = (file: string): Promise<string> => run(file, ['--version'], { timeoutMs: 20_000 });

/**
 * Finds or obtains a server: the named program, the installed one, one obtained earlier, and only then each
 * source in its order. What was obtained once is used straight away from then on, so that a download that is
 * not possible here costs its time once.
 */
export const obtainServer = async (
  wanted: Wanted,
  options: Partial<ObtainContext> = {},
): Promise<ServerBinary> => {
  const context: ObtainContext = { cache: options.cache ?? cacheDir(), report: options.report ?? silent };
  const forced = process.env[wanted.variable];
  if (forced) {
    if (!(await isExecutable(forced))) {
      throw new Error(`${wanted.variable} is ${forced}, which is not a program that can be run.`);
    }
    return { file: path.resolve(forced), origin: wanted.variable, flavour: wanted.program };
  }

  const failures: { origin: string; reason: string }[] = [];
  const installed = await findOnPath(wanted.program);
  if (installed) {
    try {
      await check(installed);
      return { file: installed, origin: 'PATH', flavour: wanted.program };
    } catch (error) {
      failures.push({ origin: installed, reason: reasonOf(error) });
    }
  } else {
    failures.push({ origin: `${wanted.program} on PATH`, reason: 'none' });
  }

  const fromCache = async (): Promise<ServerBinary | undefined> => {
    for (const source of wanted.sources) {
      const file = await source.cached(context);
      if (file) return { file, origin: source.origin, flavour: source.flavour ?? wanted.program };
    }
    return undefined;
  };
  const known = await fromCache();
  if (known) return known;

  const release = await acquireLock(path.join(context.cache, `${wanted.program}.lock`), {
    waitMs: 15 * 60_000,
    onWait: (pid) => context.report.info(`${wanted.title}: process ${pid} is obtaining it; waiting`),
  });
  try {
    const meanwhile = await fromCache();
    if (meanwhile) return meanwhile;
    context.report.info(`${wanted.title} is not installed; obtaining it once`);
    for (const source of wanted.sources) {
      try {
        const file = await source.obtain(context);
        await check(file).catch(async (error) => {
          await rm(file, { force: true });
          throw error;
        });
        return { file, origin: source.origin, flavour: source.flavour ?? wanted.program };
      } catch (error) {
        failures.push({ origin: source.origin, reason: reasonOf(error) });
      }
    }
  } finally {
    await release();
  }
  throw new ServerNotFoundError(wanted, failures);
};
