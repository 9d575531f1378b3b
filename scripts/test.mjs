// npm test: the suites of all workspaces as projects of one Jest run, so that its workers are never idle, and one
// count at the end. Arguments go to Jest: npm test -- orders -t 'when two users buy'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled, main, root } from '../infra/embedded/bin/bootstrap.mjs';

const require = createRequire(import.meta.url);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const isWindows = process.platform === 'win32';

/** The workspaces that have a suite. */
const discover = (base) =>
  readJson(path.join(base, 'package.json'))
    .workspaces.map((folder) => path.join(base, folder))
    .map((folder) => ({ folder, ...readJson(path.join(folder, 'package.json')) }))
    .filter(({ scripts }) => scripts?.test);

/** Runs Jest in a process group of its own; a signal to this process ends all of the group. */
const runJest = async (base, args) => {
  const child = spawn(process.execPath, [require.resolve('jest/bin/jest'), ...args], {
    cwd: base,
    stdio: 'inherit',
    detached: !isWindows,
  });
  const end = (signal) => (isWindows ? child.kill(signal) : process.kill(-child.pid, signal));
  const signals = ['SIGINT', 'SIGTERM'];
  for (const signal of signals) process.on(signal, end);
  const [code] = await once(child, 'close');
  for (const signal of signals) process.off(signal, end);
  return code ?? 1;
};

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** A file that failed although none of its tests did, because it does not compile, counts as one failure. */
const failuresOf = ({ status, assertionResults }) =>
  assertionResults.filter((test) => test.status === 'failed').length || (status === 'failed' ? 1 : 0);

const countWorkspace = ({ name, folder }, results) => {
  const files = results.filter((file) => file.name.startsWith(folder + path.sep));
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  return {
    name,
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: sum(files.map(failuresOf)),
    seconds: sum(files.map(({ startTime, endTime }) => endTime - startTime)) / 1_000,
  };
};

/** What has run, by workspace. Silence is no success: without a filter, a suite that ran no test has failed. */
const countAll = (workspaces, results, code, isFiltered) => {
  const rows = workspaces
    .map((workspace) => countWorkspace(workspace, results))
    .map((row) => (row.passed + row.failed > 0 ? row : { ...row, failed: 1, note: ' (it ran no test)' }))
    .filter(({ note }) => !note || !isFiltered);
  const isExplained = code === 0 ? rows.length > 0 : rows.some(({ failed }) => failed > 0);
  if (isExplained) return rows;
  return [
    ...rows,
    { name: 'jest', passed: 0, failed: 1, note: ` (it ended with exit code ${code})`, seconds: 0 },
  ];
};

/** Runs the suites of the workspaces below `base`, prints the counts, and returns the exit code. */
export const testAll = async (base, args) => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ticketing-test-'));
  const outputFile = path.join(scratch, 'results.json');
  const code = await runJest(base, ['--json', `--outputFile=${outputFile}`, ...args]);
  const { testResults } = existsSync(outputFile) ? readJson(outputFile) : { testResults: [] };
  rmSync(scratch, { recursive: true, force: true });

  const rows = countAll(discover(base), testResults, code, args.length > 0);
  console.log('');
  for (const { name, passed, failed, note = '', seconds } of rows) {
    console.log(
      `${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${note}, ${seconds.toFixed(1)} s`,
    );
  }
  const failed = sum(rows.map((row) => row.failed));
  console.log(`\n${sum(rows.map((row) => row.passed))} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

/**
 * One database server for all suites, each of which uses a database of its own in it. What cannot be obtained is
 * left to the suites that need it, which say so.
 *
 * @returns stops the server
 */
const startDatabase = async () => {
  const {
    createReporter,
    mongodb,
    natsServer,
    natsStreaming,
    obtainServer,
    redis,
    stripeMock,
  } = require('@ticketing/servers');
  const { MongoMemoryServer } = require('mongodb-memory-server-core');
  const report = createReporter(process.stderr);
  const obtained = await Promise.allSettled(
    [mongodb, natsStreaming, natsServer, redis, stripeMock].map((server) => obtainServer(server, { report })),
  );
  const [{ value: mongod }] = obtained;
  if (!mongod) return () => undefined;
  process.env.MONGOMS_SYSTEM_BINARY = mongod.file;
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  const server = await MongoMemoryServer.create();
  process.env.TEST_MONGO_URI = server.getUri();
  return () => server.stop();
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await ensureInstalled();
    await ensureBuilt();
    const stopDatabase = await startDatabase();
    try {
      process.exitCode = await testAll(root, process.argv.slice(2));
    } finally {
      await stopDatabase();
    }
  });
}
