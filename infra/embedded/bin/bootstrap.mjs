// What start, seed and the tests share: a clone that has its packages and its build. Plain JavaScript without
// dependencies, because nothing else is there yet when it runs.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

const NEEDED_NODE = [20, 19];
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const inRoot = (...parts) => path.join(root, ...parts);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** A failure that a sentence explains better than a stack. */
export class UsageError extends Error {
  expected = true;
}

export const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])) return;
  throw new UsageError(`Node ${NEEDED_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
};

const runStep = (label, command, args, env = {}) =>
  new Promise((resolve, reject) => {
    const started = Date.now();
    const elapsed = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    console.log(`${label} …`);
    const alive = setInterval(() => console.log(`${label} … ${elapsed()}`), 15_000);
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(alive);
      if (code !== 0)
        return reject(new UsageError(`${label} failed (${command} ${args.join(' ')}: ${code ?? signal}).`));
      console.log(`${label}: done in ${elapsed()}`);
      resolve();
    });
  });

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
const sameDependencies = (a, b) =>
  DEPENDENCY_FIELDS.every((field) => {
    const [left, right] = [a[field] ?? {}, b[field] ?? {}];
    const names = Object.keys(left);
    return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
  });

/** npm ci refuses a lock file that does not say what the package.json files say. */
const lockFits = (lock) => {
  const { workspaces = [] } = readJson(inRoot('package.json'));
  return ['', ...workspaces].every((folder) => {
    const file = inRoot(folder, 'package.json');
    if (!existsSync(file)) return false;
    const locked = lock.packages[folder];
    return locked !== undefined && sameDependencies(readJson(file), locked);
  });
};

/** Whether node_modules holds what the lock file names; optional packages may be absent. */
const isInstalled = (lock) => {
  const hidden = inRoot('node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = readJson(hidden).packages;
  return Object.entries(lock.packages).every(([name, entry]) => {
    if (!name.startsWith('node_modules/') && !name.includes('/node_modules/')) return true;
    if (installed[name] === undefined) return Boolean(entry.optional || entry.devOptional || entry.peer);
    return entry.link || installed[name].version === entry.version;
  });
};

export const ensureInstalled = async () => {
  const lockFile = inRoot('package-lock.json');
  const lock = existsSync(lockFile) ? readJson(lockFile) : undefined;
  const fits = lock !== undefined && lockFits(lock);
  if (fits && isInstalled(lock)) return;
  // The servers are obtained later, with progress and in a known order, not by install scripts.
  const env = { MONGOMS_DISABLE_POSTINSTALL: '1', REDISMS_DISABLE_POSTINSTALL: '1' };
  const clean = fits && !existsSync(inRoot('node_modules'));
  await runStep('Installing packages', npm, [clean ? 'ci' : 'install', '--no-fund', '--no-audit'], env);
};

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', '__test__', '__mocks__', 'test'].includes(entry.name)) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(file);
    else if (/\.(ts|tsx|json)$/.test(entry.name)) yield file;
  }
}

const references = (config) => (readJson(inRoot(config)).references ?? []).map(({ path: file }) => file);

const fingerprint = (configs) => {
  const hash = createHash('sha256');
  const add = (file) => {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  };
  for (const file of ['tsconfig.base.json', 'tsconfig.build.json', 'package-lock.json']) {
    if (existsSync(inRoot(file))) add(inRoot(file));
  }
  for (const config of configs) {
    const folder = path.dirname(inRoot(config));
    for (const file of [inRoot(config), path.join(folder, 'package.json')]) if (existsSync(file)) add(file);
    if (existsSync(path.join(folder, 'src'))) for (const file of sources(path.join(folder, 'src'))) add(file);
  }
  return hash.digest('hex');
};

/** Builds what changed. Reading the times of the sources takes a hundredth of what the compiler takes to do so. */
const build = async (label, config, parts) => {
  const stamp = inRoot('node_modules/.cache/ticketing', `${label.replace(/\W+/g, '-')}.stamp`);
  const wanted = fingerprint(parts);
  const complete = parts.every((part) => existsSync(path.join(path.dirname(inRoot(part)), 'dist')));
  if (complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await runStep(label, process.execPath, [inRoot('node_modules/typescript/bin/tsc'), '-b', config]);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
};

export const ensureBuilt = () => build('Building', 'tsconfig.build.json', references('tsconfig.build.json'));

/** Runs a program's main function; a foreseen failure ends it with its message, another with its stack. */
export const main = async (body) => {
  try {
    requireNode();
    await body();
  } catch (error) {
    console.error(error?.expected ? error.message : (error?.stack ?? error));
    process.exitCode = error?.exitCode ?? 1;
  }
};
