import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, type Reporter } from '@ticketing/servers';
import { repoRoot } from './paths';

const nextDir = path.join(repoRoot, 'client/.next');
const server = path.join(nextDir, 'standalone/client/server.js');
const keyFile = path.join(nextDir, 'ticketing-build-key');

/** What the build depends on: the client's own files, the shared contracts, the packages. */
const INPUTS = ['client', 'common/src', 'package-lock.json'];
const IGNORED = /^(node_modules|\.next|dist|__test__|coverage|next-env\.d\.ts|.*\.tsbuildinfo)$/;

export class ClientBuildError extends Error {
  override name = 'ClientBuildError';
}

const filesOf = (file: string): string[] => {
  if (!statSync(file).isDirectory()) return [file];
  const names = readdirSync(file).filter((name) => !IGNORED.test(name));
  return names.sort().flatMap((name) => filesOf(path.join(file, name)));
};

const contentKey = (): string => {
  const hash = createHash('sha256').update(process.version);
  for (const file of INPUTS.flatMap((input) => filesOf(path.join(repoRoot, input)))) {
    hash
      .update(`${path.relative(repoRoot, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
};

/**
 * Builds the shop if what it is made of has changed.
 * @returns the program that serves it
 * @throws ClientBuildError with the last lines of the build
 */
export const buildClient = async (report: Reporter): Promise<string> => {
  const key = contentKey();
  if (existsSync(server) && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return server;
  try {
    await report.step('Building the shop', 'built', (update) =>
      run('npm', ['run', 'build', '-w', 'client'], {
        cwd: repoRoot,
        env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
        timeoutMs: 15 * 60_000,
        quotedLines: 25,
        onLine: update,
      }),
    );
  } catch (error) {
    const { message } = error as Error;
    throw new ClientBuildError(
      `The shop could not be built; npm start -- --no-client runs without it.\n${message}`,
      { cause: error },
    );
  }
  if (!existsSync(server))
    throw new ClientBuildError(`The shop's build left no ${path.relative(repoRoot, server)}.`);
  writeFileSync(keyFile, key);
  return server;
};
