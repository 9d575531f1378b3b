import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { obtainServer, type Source } from '../obtain';
import { script, temporaryDirectory, setEnv } from './support';

const inDirectory = temporaryDirectory();
let tried: string[];

/** A source that leaves a program with this body; without one, it fails. */
const source = (origin: string, body?: string, more: Partial<Source> = {}): Source => ({
  origin,
  activity: 'working',
  folder: origin,
  obtain: async (folder) => {
    tried.push(origin);
    if (body === undefined) throw new Error('blocked');
    await script(path.join(folder, 'test-server'), body);
  },
  ...more,
});

const obtain = (...sources: Source[]) =>
  obtainServer(
    { title: 'Test server', program: 'test-server', variable: 'TEST_SERVER', advice: 'install it', sources },
    { cache: inDirectory('cache') },
  );
const obtained = (origin: string) => ({ file: inDirectory('cache', origin, 'test-server'), origin });

beforeEach(() => {
  tried = [];
  setEnv({ PATH: `${inDirectory()}:/usr/bin:/bin`, TEST_SERVER: undefined });
});

describe('when a server is needed', () => {
  test('then the program that the variable names is used, whatever else there is', async () => {
    const named = await script(inDirectory('named'), 'exit 0');
    await script(inDirectory('test-server'), 'exit 0');
    setEnv({ TEST_SERVER: named });

    expect(await obtain()).toMatchObject({ file: named, origin: 'TEST_SERVER' });
  });

  test('then a variable that names no program is an error and nothing else is tried', async () => {
    setEnv({ TEST_SERVER: '/does/not/exist' });

    await expect(obtain(source('one', 'exit 0'))).rejects.toThrow('TEST_SERVER is /does/not/exist');
    expect(tried).toEqual([]);
  });

  test('then an installed one is used before one obtained earlier', async () => {
    await obtain(source('one', 'exit 0'));
    const installed = await script(inDirectory('test-server'), 'exit 0');

    expect(await obtain(source('one'))).toMatchObject({ file: installed, origin: 'PATH' });
  });

  test('then an installed one that cannot run is passed over', async () => {
    await script(inDirectory('test-server'), 'echo "libssl.so.3: not found" >&2; exit 127');

    expect(await obtain(source('one', 'exit 0'))).toMatchObject(obtained('one'));
    await expect(obtain()).rejects.toThrow(
      `${inDirectory('test-server')}: test-server ended with 127: libssl.so.3: not found`,
    );
  });

  test('then one obtained earlier is used before anything is tried again', async () => {
    await obtain(source('two', 'exit 0'));

    expect(await obtain(source('one'), source('two'))).toMatchObject(obtained('two'));
    expect(tried).toEqual(['two']);
  });

  test('then one obtained earlier that lacks what it runs on is not used', async () => {
    await obtain(source('one', 'exit 0'));
    const lacking = source('one', undefined, { runtime: 'no-such-machine' });

    expect(await obtain(lacking, source('two', 'exit 0'))).toMatchObject(obtained('two'));
  });

  test('then the sources are tried in their order until one gives a program that runs', async () => {
    const needy = source('needy', 'exit 0', { needs: ['no-such-compiler'] });
    const sources = [source('blocked'), needy, source('broken', 'exit 1'), source('works', 'exit 0')];

    expect(await obtain(...sources, source('late', 'exit 0'))).toMatchObject(obtained('works'));

    expect(tried).toEqual(['blocked', 'broken', 'works']);
    expect(await readdir(inDirectory('cache'))).toEqual(['works']);
    await access(obtained('works').file);
  });

  test('then two processes that need it at the same time obtain it once', async () => {
    const slow = source('slow', 'exit 0');
    const { obtain: work } = slow;
    slow.obtain = (...args) => sleep(100).then(() => work(...args));

    expect(await Promise.all([obtain(slow), obtain(slow)])).toMatchObject([
      obtained('slow'),
      obtained('slow'),
    ]);

    expect(tried).toEqual(['slow']);
  });

  test('then one message lists everything that was tried, why each failed, and what to do', async () => {
    const needy = source('the build', 'exit 0', { needs: ['no-such-compiler'] });

    await expect(obtain(source('the download'), needy)).rejects.toThrow(
      [
        'Test server was not found and could not be obtained. Looked for:',
        '  - test-server on PATH: none',
        '  - the download: blocked',
        '  - the build: no-such-compiler is not on PATH',
        'To provide it: install it, or set TEST_SERVER to the path of a test-server program.',
      ].join('\n'),
    );
  });
});
