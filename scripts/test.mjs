// npm test: every workspace's suite, one after another, and one count at the end. Arguments go to the suites:
// npm test -- -t 'when two people buy'
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { ensureBuilt, ensureInstalled, main } = await import(
  pathToFileURL(path.join(root, 'infra/embedded/bin/bootstrap.mjs')).href
);

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The workspaces that have a suite; a folder that does not exist yet has none. */
const discover = (base) =>
  readJson(path.join(base, 'package.json'))
    .workspaces.map((folder) => path.join(base, folder))
    .filter((folder) => existsSync(path.join(folder, 'package.json')))
    .map((folder) => ({ folder, ...readJson(path.join(folder, 'package.json')) }))
    .filter(({ scripts }) => scripts?.test);

let interrupted = false;

const run = (folder, args) =>
  new Promise((resolve) => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const child = spawn(npm, ['test', '--silent', '--', ...args], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    const pass = (signal) => {
      interrupted = true;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM'];
    for (const signal of signals) process.on(signal, pass);
    child.on('error', () => resolve(1));
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });

/**
 * What a suite's run counts as. A file that does not compile has failed though no test of it has, and so has a
 * suite that ran nothing or broke off: silence is no success.
 */
const judge = (code, report, filtered) => {
  if (!report) return { passed: 0, failed: 1, note: 'it left no result' };
  const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites = 0 } = report;
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  if (failed === 0 && code !== 0) return { passed, failed: 1, note: `it ended with exit code ${code}` };
  if (passed + failed === 0 && !filtered) return { passed, failed: 1, note: 'it ran no test' };
  return { passed, failed };
};

export const testAll = async (base, args) => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ticketing-test-'));
  const total = { passed: 0, failed: 0 };
  const rows = [];
  try {
    for (const [index, { name, folder, scripts }] of discover(base).entries()) {
      if (interrupted) break;
      console.log(`\n━━ ${name} (${path.relative(base, folder)}) ━━\n`);
      const started = Date.now();
      const outputFile = path.join(scratch, `${index}.json`);
      const isJest = /\bjest\b/.test(scripts.test);
      const code = await run(folder, [...(isJest ? ['--json', `--outputFile=${outputFile}`] : []), ...args]);
      const report = existsSync(outputFile) ? readJson(outputFile) : undefined;
      const { passed, failed, note } = judge(code, report, args.length > 0);
      total.passed += passed;
      total.failed += failed;
      const elapsed = `${((Date.now() - started) / 1000).toFixed(1)} s`;
      rows.push(
        `${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${note ? ` (${note})` : ''}, ${elapsed}`,
      );
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (total.passed + total.failed === 0) {
    rows.push('✗ no test was run');
    total.failed = 1;
  }
  console.log(`\n${rows.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
};

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await ensureInstalled();
    await ensureBuilt();
    process.exitCode = await testAll(root, process.argv.slice(2));
  });
}
