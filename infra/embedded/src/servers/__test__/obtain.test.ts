import { access } from 'node:fs/promises';
import path from 'node:path';
import { script, temporaryDirectory, withEnv } from '../../__test__/support';
import { obtainServer, type Source, type Wanted } from '../obtain';

const directory = temporaryDirectory();
const setEnv = withEnv();
let asked: string[];

const inDirectory = (name: string) => path.join(directory(), name);

const source = (origin: string, how: { cached?: string; obtains?: string; fails?: string }): Source => ({
  origin,
  cached: async () => how.cached,
  obtain: async () => {
    asked.push(origin);
    if (how.fails) throw new Error(how.fails);
    return how.obtains!;
  },
});

const wanted = (...sources: Source[]): Wanted => ({
  title: 'Test server',
  program: 'test-server',
  variable: 'TEST_SERVER',
  advice: 'install it',
  sources,
});

const obtain = (...sources: Source[]) => obtainServer(wanted(...sources), { cache: directory() });

beforeEach(() => {
  asked = [];
  setEnv({ PATH: '/usr/bin:/bin', TEST_SERVER: undefined });
});

describe('when a server is needed', () => {
  test('then the program that the variable names is used, whatever else there is', async () => {
    const forced = await script(inDirectory('forced'), 'exit 0');
    await script(inDirectory('test-server'), 'exit 0');
    setEnv({ TEST_SERVER: forced, PATH: `${directory()}:/usr/bin:/bin` });

    expect(await obtain()).toMatchObject({ file: forced, origin: 'TEST_SERVER' });
  });

  test('then a variable that names no program is an error and nothing else is tried', async () => {
    setEnv({ TEST_SERVER: '/does/not/exist' });

    await expect(obtain(source('one', { obtains: 'x' }))).rejects.toThrow('TEST_SERVER is /does/not/exist');
    expect(asked).toEqual([]);
  });

  test('then an installed one comes before one obtained earlier', async () => {
    const installed = await script(inDirectory('test-server'), 'exit 0');
    setEnv({ PATH: `${directory()}:/usr/bin:/bin` });

    expect(await obtain(source('one', { cached: '/cached' }))).toMatchObject({
      file: installed,
      origin: 'PATH',
    });
  });

  test('then an installed one that cannot run is passed over', async () => {
    await script(inDirectory('test-server'), 'echo "libssl.so.3: not found" >&2; exit 127');
    const works = await script(inDirectory('works'), 'exit 0');
    setEnv({ PATH: `${directory()}:/usr/bin:/bin` });

    expect(await obtain(source('one', { obtains: works }))).toMatchObject({ file: works });
  });

  test('then one obtained earlier is used before anything is tried again', async () => {
    const found = await obtain(source('one', { fails: 'blocked' }), source('two', { cached: '/cached' }));

    expect(found).toMatchObject({ file: '/cached', origin: 'two' });
    expect(asked).toEqual([]);
  });

  test('then the sources are tried in their order until one gives a program that runs', async () => {
    const broken = await script(inDirectory('broken'), 'exit 1');
    const works = await script(inDirectory('works'), 'exit 0');
    const sources = [
      source('one', { fails: 'blocked' }),
      source('two', { obtains: broken }),
      source('three', { obtains: works }),
      source('four', { obtains: works }),
    ];

    expect(await obtain(...sources)).toMatchObject({ file: works, origin: 'three' });
    expect(asked).toEqual(['one', 'two', 'three']);
    await expect(access(broken)).rejects.toThrow('ENOENT');
  });

  test('then two who need it at the same time obtain it once', async () => {
    const works = await script(inDirectory('works'), 'exit 0');
    let cached: string | undefined;
    const slow: Source = {
      origin: 'slow',
      cached: async () => cached,
      obtain: async () => {
        asked.push('slow');
        await new Promise((resolve) => setTimeout(resolve, 100));
        return (cached = works);
      },
    };

    const both = await Promise.all([obtain(slow), obtain(slow)]);

    expect(both.map(({ file }) => file)).toEqual([works, works]);
    expect(asked).toEqual(['slow']);
  });

  test('then one message says everything that was looked for, why each failed, and what to do', async () => {
    const sources = [
      source('the download', { fails: 'blocked' }),
      source('the build', { fails: 'no compiler' }),
    ];

    await expect(obtain(...sources)).rejects.toThrow(
      [
        'Test server was not found and could not be obtained. Looked for:',
        '  - test-server on PATH: none',
        '  - the download: blocked',
        '  - the build: no compiler',
        'To provide it: install it, or set TEST_SERVER to the path of a test-server program.',
      ].join('\n'),
    );
  });
});
