// Used by start, seed and the tests: makes sure that a clone has its packages and its build. Plain JavaScript without
// dependencies, because a fresh clone has nothing else yet.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

const NEEDED_NODE = [20, 19];
const SHOW_AFTER_MS = 1_500;
const LINE_EVERY_MS = 15_000;
const inRoot = (...parts) => path.join(root, ...parts);
const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** A failure that a sentence explains better than a stack. */
export class UsageError extends Error {
  expected = true;
}

const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])) return;
  throw new UsageError(`Node ${NEEDED_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
};

/**
 * Runs a program. One that takes long is announced, then reported every 15 seconds, and timed; on the standard error, since
 * what a command prints may be read by a program.
 */
const runStep = async (label, command, args, env = {}) => {
  const started = Date.now();
  const elapsed = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const first = setTimeout(() => console.error(`${label} …`), SHOW_AFTER_MS);
  const next = setInterval(() => console.error(`${label} … ${elapsed()}`), LINE_EVERY_MS);
  try {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 2, 2],
    });
    const ended = await new Promise((resolve, reject) => {
      child.on('error', reject).on('close', (code, signal) => resolve(code ?? signal));
    });
    if (ended !== 0) throw new UsageError(`${label} failed (${command} ${args.join(' ')}: ${ended}).`);
    if (Date.now() - started > SHOW_AFTER_MS) console.error(`${label}: done in ${elapsed()}`);
  } finally {
    clearTimeout(first);
    clearInterval(next);
  }
};

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Whether the lock file matches the package.json files; npm ci refuses it otherwise. */
const lockFits = (lock) =>
  ['', ...(readJson(inRoot('package.json')).workspaces ?? [])].every((folder) => {
    const [own, locked] = [readJson(inRoot(folder, 'package.json')), lock.packages[folder]];
    return (
      own &&
      locked &&
      DEPENDENCY_FIELDS.every((field) => isDeepStrictEqual(own[field] ?? {}, locked[field] ?? {}))
    );
  });

/** Whether node_modules holds what the lock file names; optional packages may be absent. */
const isInstalled = (lock) => {
  const installed = readJson(inRoot('node_modules/.package-lock.json'))?.packages;
  return Object.entries(lock.packages).every(([name, { optional, devOptional, peer, link, version }]) => {
    if (!name.includes('node_modules/')) return true;
    if (!installed?.[name]) return optional || devOptional || peer;
    return link || installed[name].version === version;
  });
};

/** Installs the packages that are missing: exactly the lock file's on a fresh clone. */
export const ensureInstalled = async () => {
  const lock = readJson(inRoot('package-lock.json'));
  const fits = lock && lockFits(lock);
  if (fits && isInstalled(lock)) return;
  const command = fits && !existsSync(inRoot('node_modules')) ? 'ci' : 'install';
  // The servers are obtained later, with progress, not by install scripts.
  const env = { MONGOMS_DISABLE_POSTINSTALL: '1', REDISMS_DISABLE_POSTINSTALL: '1' };
  await runStep('Installing packages', 'npm', [command, '--no-fund', '--no-audit'], env);
};

/** Builds what has changed. */
export const ensureBuilt = () =>
  runStep('Building', process.execPath, [
    inRoot('node_modules/typescript/bin/tsc'),
    '-b',
    'tsconfig.build.json',
  ]);

/** Runs a program's main function; an expected failure ends it with its message, another with its stack. */
export const main = async (body) => {
  try {
    requireNode();
    await body();
  } catch (error) {
    console.error(error?.expected ? error.message : (error?.stack ?? error));
    process.exitCode = error?.exitCode ?? 1;
  }
};
