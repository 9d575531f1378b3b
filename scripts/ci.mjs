// All checks one after the other; a failure does not hide the next one. A step that runs no tests counts as one.
// See .ci/run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, main, root } from '../infra/embedded/bin/bootstrap.mjs';

const rows = [];

/** Runs a command, shows its output, and counts what its last line counts, or else its success. */
const step = async (name, command, ...args) => {
  console.log(`\n━━ ${name} ━━\n`);
  const started = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let tail = '';
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    tail = (tail + chunk).slice(-200);
  });
  child.once('error', (error) => console.error(error.message));
  const [code] = await once(child, 'close');
  const counted = /(\d+) passed, (\d+) failed\s*$/.exec(tail);
  const [passed, failed] = counted ? counted.slice(1).map(Number) : [code === 0 ? 1 : 0, 0];
  const row = { name, passed, failed: code !== 0 && failed === 0 ? 1 : failed };
  rows.push({ ...row, seconds: Math.round((performance.now() - started) / 1_000) });
  return row.failed === 0;
};

const onPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));

/** Installs Chromium from Debian's packages where there is none. */
const ensureChromium = async () => {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  if (process.env.CHROMIUM_PATH || names.some(onPath)) return true;
  const sudo = process.getuid?.() === 0 || !onPath('sudo') ? [] : ['sudo'];
  const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y'];
  return (
    (await step('package lists', ...apt, 'update')) &&
    (await step('Chromium', ...apt, 'install', '--no-install-recommends', 'chromium'))
  );
};

await main(async () => {
  await ensureInstalled();
  // The type-aware rules and the types read the packages' declarations, which the build writes.
  await step('build', 'npm', 'run', 'build');
  await step('lint', 'npm', 'run', 'lint');
  await step('types', 'npm', 'run', 'typecheck', '--workspaces', '--if-present');
  await step('generated documents', 'npm', 'run', 'docs:generate', '--', '--check');
  await step('suites', 'npm', 'test');
  await step('suites on JetStream', 'npm', 'run', 'test:jetstream');
  if (await ensureChromium()) {
    await step('browser journeys', 'npm', 'test', '--', '--config', 'e2e/jest.browser.config.js');
  }

  console.log('');
  for (const { name, passed, failed, seconds } of rows) {
    console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed, ${seconds} s`);
  }
  const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  process.exitCode = total('failed') === 0 ? 0 : 1;
});
