import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot, repoRoot } from '../paths';
import { script, temporaryDirectory } from './support';

const directory = temporaryDirectory();
const inClone = (...parts: string[]) => path.join(directory(), ...parts);
const calls = async () =>
  (await readFile(inClone('calls'), 'utf8').catch(() => '')).trim().split('\n').filter(Boolean);

const write = async (file: string, content: object | string) => {
  await mkdir(path.dirname(inClone(file)), { recursive: true });
  await writeFile(inClone(file), typeof content === 'string' ? content : JSON.stringify(content));
};

const lock = (version: string) => ({
  packages: {
    '': {},
    one: { dependencies: { left: '^1.0.0' } },
    'node_modules/left': { version },
    'node_modules/sometimes': { version: '1.0.0', optional: true },
    'node_modules/one': { link: true },
  },
});

const installed = (version: string) => ({
  packages: { 'node_modules/left': { version }, 'node_modules/one': {} },
});

/** A clone with a package manager and a compiler that only say that they were called. */
beforeEach(async () => {
  await cp(path.join(packageRoot, 'bin'), inClone('infra/embedded/bin'), { recursive: true });
  await write('package.json', { workspaces: ['one'] });
  await write('one/package.json', { name: 'one', dependencies: { left: '^1.0.0' } });
  await write('one/tsconfig.build.json', {});
  await write('one/src/index.ts', 'export {};');
  await write('tsconfig.base.json', {});
  await write('tsconfig.build.json', { references: [{ path: './one/tsconfig.build.json' }] });
  await write('package-lock.json', lock('1.0.0'));
  await mkdir(inClone('path'));
  await script(inClone('path/npm'), `echo "npm $1" >> ${inClone('calls')}; exit \${NPM_EXIT:-0}`);
});

const withCompiler = async () => {
  await write('node_modules/.package-lock.json', installed('1.0.0'));
  const tsc = `require('fs').appendFileSync('${inClone('calls')}', 'tsc\\n'); require('fs').mkdirSync('one/dist', { recursive: true });`;
  await write('node_modules/typescript/bin/tsc', tsc);
};

const run = (what: string, env: NodeJS.ProcessEnv = {}) => {
  const code = `import(${JSON.stringify(inClone('infra/embedded/bin/bootstrap.mjs'))}).then((b) => b.main(b.${what}))`;
  return spawnSync(process.execPath, ['-e', code], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${inClone('path')}:${process.env.PATH}`, ...env },
  });
};

describe('when packages are needed', () => {
  test('then a fresh clone gets exactly what the lock file says', async () => {
    run('ensureInstalled');
    expect(await calls()).toEqual(['npm ci']);
  });

  test('then a lock file that does not fit is brought up to date', async () => {
    await write('one/package.json', { name: 'one', dependencies: { left: '^2.0.0' } });
    run('ensureInstalled');
    expect(await calls()).toEqual(['npm install']);
  });

  test('then a changed lock file is installed, and nothing is done when all is there', async () => {
    await write('node_modules/.package-lock.json', installed('1.0.0'));
    run('ensureInstalled');
    expect(await calls()).toEqual([]);

    await write('package-lock.json', lock('1.0.1'));
    run('ensureInstalled');
    expect(await calls()).toEqual(['npm install']);
  });

  test('then a failure is one clear line and an exit code', async () => {
    const { status, stderr } = run('ensureInstalled', { NPM_EXIT: '1' });

    expect(status).toBe(1);
    expect(stderr.trim()).toBe('Installing packages failed (npm ci --no-fund --no-audit: 1).');
  });
});

describe('when a build is needed', () => {
  beforeEach(withCompiler);

  test('then the compiler runs once, and again only when a source changed or its output is gone', async () => {
    run('ensureBuilt');
    run('ensureBuilt');
    expect(await calls()).toEqual(['tsc']);

    await utimes(inClone('one/src/index.ts'), 1, 1);
    run('ensureBuilt');
    expect(await calls()).toEqual(['tsc', 'tsc']);

    await rm(inClone('one/dist'), { recursive: true });
    run('ensureBuilt');
    expect(await calls()).toEqual(['tsc', 'tsc', 'tsc']);
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
    const suites = inClone('suites');
    await write('suites/package.json', { workspaces: ['good', 'broken', 'empty', 'untested'] });
    for (const name of ['good', 'broken', 'empty']) {
      await write(`suites/${name}/package.json`, { name, scripts: { test: `${jest} --passWithNoTests` } });
    }
    await write(
      'suites/good/a.test.js',
      "test('one', () => {}); test('two', () => { throw new Error('no'); });",
    );
    await write('suites/broken/a.test.js', 'this does not parse');
    await write('suites/untested/package.json', { name: 'untested' });
    const module = JSON.stringify(path.join(repoRoot, 'scripts/test.mjs'));
    const code = `import(${module}).then((m) => m.testAll(${JSON.stringify(suites)}, [])).then((code) => process.exit(code))`;

    const { status, stdout } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });

    expect(stdout.trim().split('\n').at(-1)).toBe('1 passed, 3 failed');
    expect(stdout).toContain('✗ empty: 0 passed, 1 failed (it ran no test)');
    expect(status).toBe(1);
  });
});
