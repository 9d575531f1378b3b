import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repoRoot } from '../paths';
import { packageRoot, script, temporaryDirectory } from './support';

const inDirectory = temporaryDirectory();
const calls = async () =>
  (await readFile(inDirectory('calls'), 'utf8').catch(() => '')).trim().split('\n').filter(Boolean);

const write = async (file: string, content: object | string) => {
  await mkdir(path.dirname(inDirectory(file)), { recursive: true });
  await writeFile(inDirectory(file), typeof content === 'string' ? content : JSON.stringify(content));
};

const node = (code: string, env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${inDirectory('path')}:${process.env.PATH}`, ...env },
  });

/** Runs a function of a clone's bootstrap, with a package manager that only records that it was called. */
const bootstrap = (what: string, env?: NodeJS.ProcessEnv) => {
  const module = JSON.stringify(inDirectory('infra/embedded/bin/bootstrap.mjs'));
  return node(`const b = await import(${module}); await b.main(b.${what});`, env);
};

const dependencies = (range: string) => ({ name: 'one', dependencies: { left: range } });
const lockWith = (version: string) => ({
  packages: {
    '': {},
    one: dependencies('^1.0.0'),
    'node_modules/left': { version },
    'node_modules/sometimes': { version: '1.0.0', optional: true },
    'node_modules/one': { link: true },
  },
});

beforeEach(async () => {
  await cp(path.join(packageRoot, 'bin'), inDirectory('infra/embedded/bin'), { recursive: true });
  await write('package.json', { workspaces: ['one'] });
  await write('one/package.json', dependencies('^1.0.0'));
  await write('package-lock.json', lockWith('1.0.0'));
  await mkdir(inDirectory('path'));
  await script(inDirectory('path/npm'), `echo "npm $1" >> ${inDirectory('calls')}; exit \${NPM_EXIT:-0}`);
});

describe('when packages are needed', () => {
  const installed = { packages: { 'node_modules/left': { version: '1.0.0' }, 'node_modules/one': {} } };

  test('then a fresh clone gets exactly what the lock file says', async () => {
    bootstrap('ensureInstalled');
    expect(await calls()).toEqual(['npm ci']);
  });

  test('then a lock file that does not fit is brought up to date', async () => {
    await write('one/package.json', dependencies('^2.0.0'));
    bootstrap('ensureInstalled');
    expect(await calls()).toEqual(['npm install']);
  });

  test('then a changed lock file is installed, and nothing is done when everything is there', async () => {
    await write('node_modules/.package-lock.json', installed);
    bootstrap('ensureInstalled');
    expect(await calls()).toEqual([]);

    await write('package-lock.json', lockWith('1.0.1'));
    bootstrap('ensureInstalled');
    expect(await calls()).toEqual(['npm install']);
  });

  test('then a failure is one clear line and an exit code', () => {
    const { status, stderr } = bootstrap('ensureInstalled', { NPM_EXIT: '1' });

    expect(status).toBe(1);
    expect(stderr.trim()).toBe('Installing packages failed (npm ci --no-fund --no-audit: 1).');
  });
});

describe('when a build is needed', () => {
  const compiler = (code: string) => write('node_modules/typescript/bin/tsc', code);

  test('then the compiler builds what has changed, silently when that is quick', async () => {
    await compiler(`require('fs').appendFileSync('calls', process.argv.slice(2).join(' '))`);

    expect(bootstrap('ensureBuilt')).toMatchObject({ status: 0, stdout: '' });

    expect(await calls()).toEqual(['-b tsconfig.build.json']);
  });

  test('then a long one is announced and timed', async () => {
    await compiler('setTimeout(() => {}, 2_000)');

    expect(bootstrap('ensureBuilt').stderr).toMatch(/^Building …\nBuilding: done in [\d.]+ s\n$/);
  });
});

describe('when npm start is given arguments', () => {
  const start = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(packageRoot, 'bin/start.mjs'), ...args], { encoding: 'utf8' });

  test.each([
    [['--frehs'], "Unknown option '--frehs'"],
    [['now'], "Unexpected argument 'now'"],
    [['--port', 'abc'], '--port takes a number from 0 to 65535, not "abc"'],
    [['--port', '70000'], '--port takes a number from 0 to 65535, not "70000"'],
  ])('then %j is refused with one message and exit code 2', (args, message) => {
    const { status, stderr } = start(...args);

    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
  });

  test('then --help lists them', () => {
    const { status, stdout } = start('--help');

    expect(status).toBe(0);
    for (const option of ['--fresh', '--port N', '--no-client', '--help']) expect(stdout).toContain(option);
  });
});

describe('when all suites are run', () => {
  const jest = path.join(repoRoot, 'node_modules/.bin/jest');

  test('then one count ends the output, and what did not run counts as failed', async () => {
    await write('suites/package.json', { workspaces: ['good', 'broken', 'empty', 'untested'] });
    for (const name of ['good', 'broken', 'empty']) {
      await write(`suites/${name}/package.json`, { name, scripts: { test: `${jest} --passWithNoTests` } });
    }
    await write('suites/jest.config.js', "module.exports = { projects: ['good', 'broken', 'empty'] };");
    const tests = "test('one', () => {}); test('two', () => { throw new Error('no'); });";
    await write('suites/good/a.test.js', tests);
    await write('suites/broken/a.test.js', 'this does not parse');
    await write('suites/untested/package.json', { name: 'untested' });
    const module = JSON.stringify(path.join(repoRoot, 'scripts/test.mjs'));
    const suites = JSON.stringify(inDirectory('suites'));

    const { status, stdout } = node(
      `const { testAll } = await import(${module}); process.exit(await testAll(${suites}, []));`,
      { PATH: process.env.PATH },
    );

    expect(stdout.trim().split('\n').at(-1)).toBe('1 passed, 3 failed');
    expect(stdout).toContain('✗ empty: 0 passed, 1 failed (it ran no test)');
    expect(status).toBe(1);
  });
});
