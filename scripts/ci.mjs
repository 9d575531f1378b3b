// All checks one after the other; a failure does not hide the next one. A step that is not a suite counts as
// one test. See .ci/run.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { ensureInstalled } = await import(
  pathToFileURL(path.join(root, 'infra/embedded/bin/bootstrap.mjs')).href
);

/** Runs a command, shows its output, and keeps the end of it. */
const run = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let tail = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      tail = (tail + chunk).slice(-2_000);
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve({ code: 1, tail });
    });
    child.on('close', (code) => resolve({ code: code ?? 1, tail }));
  });

const rows = [];
const count = (name, passed, failed, started) => {
  rows.push({ name, passed, failed, seconds: Math.round((Date.now() - started) / 1000) });
};

const step = async (name, command, args, env) => {
  console.log(`\n━━ ${name} ━━\n`);
  const started = Date.now();
  const { code } = await run(command, args, env);
  count(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1, started);
  return code === 0;
};

const suites = async () => {
  const started = Date.now();
  const { code, tail } = await run('node', ['scripts/test.mjs']);
  const [, passed = 0, failed = 0] = /(\d+) passed, (\d+) failed\s*$/.exec(tail)?.map(Number) ?? [];
  count('suites', passed, code !== 0 && failed === 0 ? 1 : failed, started);
};

const onPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));

/** Chromium where none is: from Debian's packages, the way a fresh machine gets it. */
const ensureChromium = async () => {
  const known = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  if (process.env.CHROMIUM_PATH || known.some(onPath)) return true;
  const sudo = process.getuid?.() === 0 || !onPath('sudo') ? [] : ['sudo'];
  const apt = (...args) => [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
  for (const [command, ...args] of [
    apt('update'),
    apt('install', '-y', '--no-install-recommends', 'chromium'),
  ]) {
    if (!(await step(`${command} ${args.join(' ')}`, command, args))) return false;
  }
  return true;
};

const journeys = async () => {
  if (!(await ensureChromium())) return;
  console.log('\n━━ browser journeys ━━\n');
  const started = Date.now();
  const scratch = mkdtempSync(path.join(tmpdir(), 'ticketing-ci-'));
  const report = path.join(scratch, 'report.json');
  const { code } = await run('npm', [
    'run',
    'test:browser',
    '-w',
    '@ticketing/e2e',
    '--',
    '--json',
    `--outputFile=${report}`,
  ]);
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  rmSync(scratch, { recursive: true, force: true });
  const { numPassedTests: passed = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = result;
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  count('browser journeys', passed, (code !== 0 || passed === 0) && failed === 0 ? 1 : failed, started);
};

await ensureInstalled();
await step('lint', 'npm', ['run', 'lint']);
await step('types', 'npm', ['run', 'typecheck']);
await step('generated documents', 'npm', ['run', 'docs:generate', '--', '--check']);
await suites();
await journeys();

console.log('');
for (const { name, passed, failed, seconds } of rows) {
  console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed, ${seconds} s`);
}
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
