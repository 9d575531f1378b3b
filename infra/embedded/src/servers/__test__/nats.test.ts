import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { script, temporaryDirectory, withEnv } from '../../__test__/support';
import { silent } from '../../terminal';
import { natsStreaming } from '../nats';

const directory = temporaryDirectory();
const setEnv = withEnv();
const release = natsStreaming.sources[0]!;
const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as 'x64' | 'arm64'];
const stem = `nats-streaming-server-v0.25.6-${process.platform}-${architecture}`;

let server: Server;
let files: Record<string, Buffer | string>;
const context = () => ({ cache: path.join(directory(), 'cache'), report: silent });

/** A release like the real one: a directory with the program, packed, and a list of checksums. */
const packRelease = async (): Promise<Buffer> => {
  const folder = path.join(directory(), stem);
  await mkdir(folder, { recursive: true });
  await script(path.join(folder, 'nats-streaming-server'), 'echo nats-streaming-server version 0.25.6');
  execFileSync('tar', ['-czf', path.join(directory(), 'release.tar.gz'), '-C', directory(), stem]);
  return readFile(path.join(directory(), 'release.tar.gz'));
};

beforeEach(async () => {
  const archive = await packRelease();
  const sum = createHash('sha256').update(archive).digest('hex');
  files = {
    [`/v0.25.6/${stem}.tar.gz`]: archive,
    '/v0.25.6/SHA256SUMS': `${'0'.repeat(64)}  something-else.zip\n${sum}  ${stem}.tar.gz\n`,
  };
  server = createServer((req, res) => {
    const file = files[req.url ?? ''];
    res.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  setEnv({ NATS_STREAMING_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('when NATS Streaming is downloaded', () => {
  test('then its program is unpacked into the cache and found there the next time', async () => {
    expect(await release.cached(context())).toBeUndefined();

    const file = await release.obtain(context());

    expect(execFileSync(file, ['--version']).toString()).toContain('0.25.6');
    expect(await release.cached(context())).toBe(file);
    expect(await readdir(context().cache)).toEqual(['nats-streaming-server-0.25.6-release']);
  });

  test('then what interrupted attempts have left is cleared away', async () => {
    await mkdir(path.join(context().cache, '.nats-streaming-server-0.25.6-release-aBc123'), {
      recursive: true,
    });
    await mkdir(path.join(context().cache, `.${stem}.tar.gz-aBc123`));

    await release.obtain(context());

    expect(await readdir(context().cache)).toEqual(['nats-streaming-server-0.25.6-release']);
  });

  test('then an archive with another checksum is refused and nothing is left', async () => {
    files[`/v0.25.6/${stem}.tar.gz`] = 'tampered';

    await expect(release.obtain(context())).rejects.toThrow('was expected');

    expect(await readdir(context().cache)).toEqual([]);
    expect(await release.cached(context())).toBeUndefined();
  });

  test('then an archive without the program leaves nothing that looks obtained', async () => {
    const empty = path.join(directory(), 'empty');
    await mkdir(path.join(empty, stem), { recursive: true });
    execFileSync('tar', ['-czf', path.join(directory(), 'empty.tar.gz'), '-C', empty, stem]);
    const archive = await readFile(path.join(directory(), 'empty.tar.gz'));
    files[`/v0.25.6/${stem}.tar.gz`] = archive;
    files['/v0.25.6/SHA256SUMS'] = `${createHash('sha256').update(archive).digest('hex')}  ${stem}.tar.gz\n`;

    await expect(release.obtain(context())).rejects.toThrow('ENOENT');

    expect(await readdir(context().cache)).toEqual([]);
  });

  test('then a release without an archive for this machine says so', async () => {
    files['/v0.25.6/SHA256SUMS'] = '';

    await expect(release.obtain(context())).rejects.toThrow('lists no archive for');
  });
});
