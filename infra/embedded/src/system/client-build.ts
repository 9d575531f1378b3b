import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repoRoot } from '../paths';
import { run } from '@ticketing/servers';
import type { Reporter } from '@ticketing/servers';

const client = path.join(repoRoot, 'client');
const standalone = path.join(client, '.next/standalone/client/server.js');
const keyFile = path.join(client, '.next/ticketing-build-key');

/** What the build depends on: the client's own files, the packages, the shared contracts. */
const INPUTS = ['client', 'common/src', 'package-lock.json'];
const IGNORED = new Set(['node_modules', '.next', 'dist', '__test__', 'coverage', 'next-env.d.ts']);

export class ClientBuildError extends Error {
  override name = 'ClientBuildError';
}

export const hasClient = (): boolean =>
  ['ts', 'js', 'mjs'].some((ext) => existsSync(path.join(client, `next.config.${ext}`)));

async function* filesOf(file: string): AsyncGenerator<string> {
  const entries = await readdir(file, { withFileTypes: true }).catch(() => undefined);
  if (!entries) {
    if (existsSync(file)) yield file;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (IGNORED.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
    yield* filesOf(path.join(file, entry.name));
  }
}

const contentKey = async (): Promise<string> => {
  const hash = createHash('sha256').update(process.version);
  for (const input of INPUTS) {
    for await (const file of filesOf(path.join(repoRoot, input))) {
      hash
        .update(path.relative(repoRoot, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
};

/** Builds the client if what it is made of has changed; resolves to the program that serves it. */
export const buildClient = async (report: Reporter): Promise<string> => {
  const key = await contentKey();
  const built = existsSync(standalone) && (await readFile(keyFile, 'utf8').catch(() => '')) === key;
  if (built) return standalone;
  try {
    await report.step('Building the shop', 'built', (update) =>
      run('npm', ['run', 'build', '-w', 'client'], {
        cwd: repoRoot,
        env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
        timeoutMs: 15 * 60_000,
        quotedLines: 25,
        onLine: (line) => update(line.slice(0, 60)),
      }),
    );
  } catch (error) {
    const message = `The shop could not be built; npm start -- --no-client runs without it.\n${(error as Error).message}`;
    throw new ClientBuildError(message, { cause: error });
  }
  if (!existsSync(standalone))
    throw new ClientBuildError(`The shop's build left no ${path.relative(repoRoot, standalone)}.`);
  await writeFile(keyFile, key);
  return standalone;
};
