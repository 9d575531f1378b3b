import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { natsStreaming } from '../nats-streaming';
import { obtainServer } from '../obtain';
import { script, temporaryDirectory, useEnv, useHttpServer } from './support';

const inDirectory = temporaryDirectory();
const setEnv = useEnv();
const architectures: Partial<Record<string, string>> = { x64: 'amd64' };
const stem = `nats-streaming-server-v0.25.6-${process.platform}-${architectures[process.arch] ?? process.arch}`;

let files: Record<string, Buffer | string>;
const mirror = useHttpServer((req, res) => {
  const file = files[req.url ?? ''];
  res.writeHead(file === undefined ? 404 : 200).end(file);
});

/** Obtains it by download only. */
const obtain = () =>
  obtainServer(
    { ...natsStreaming, sources: natsStreaming.sources.slice(0, 1) },
    { cache: inDirectory('cache') },
  );
const inCache = () => readdir(inDirectory('cache'));

/** A release like the real one: a directory, packed, and a list of checksums. */
const publish = async (program?: string): Promise<void> => {
  await mkdir(inDirectory(stem), { recursive: true });
  if (program) await script(inDirectory(stem, 'nats-streaming-server'), program);
  execFileSync('tar', ['-czf', inDirectory('release'), '-C', inDirectory(), stem]);
  const archive = await readFile(inDirectory('release'));
  const sum = createHash('sha256').update(archive).digest('hex');
  files = {
    [`/v0.25.6/${stem}.tar.gz`]: archive,
    '/v0.25.6/SHA256SUMS': `${'0'.repeat(64)}  something-else.zip\n${sum}  ${stem}.tar.gz\n`,
  };
};

beforeEach(() => {
  setEnv({
    PATH: '/usr/bin:/bin',
    NATS_STREAMING_MIRROR: mirror.url(),
    TICKETING_NATS_STREAMING_SERVER: undefined,
  });
});

describe('when NATS Streaming is downloaded', () => {
  test('then its program is unpacked into the cache and found there the next time', async () => {
    await publish('echo nats-streaming-server version 0.25.6');

    const { file } = await obtain();
    files = {};

    expect(execFileSync(file, ['--version']).toString()).toContain('0.25.6');
    expect(await obtain()).toMatchObject({ file, origin: 'the release 0.25.6' });
    expect(await inCache()).toEqual(['nats-streaming-server-0.25.6-release']);
  });

  test('then what an interrupted attempt has left is removed', async () => {
    await publish('exit 0');
    const partial = inDirectory('cache', '.nats-streaming-server-0.25.6-release-partial');
    await mkdir(partial, { recursive: true });
    await writeFile(path.join(partial, 'half'), '');

    const { file } = await obtain();

    expect(await inCache()).toEqual(['nats-streaming-server-0.25.6-release']);
    expect(await readdir(path.dirname(file))).toEqual(['nats-streaming-server']);
  });

  test.each([
    ['has another checksum', () => (files[`/v0.25.6/${stem}.tar.gz`] = 'tampered'), 'was expected'],
    ['is not listed', () => (files['/v0.25.6/SHA256SUMS'] = ''), 'lists no archive for'],
    ['lacks the program', () => publish(), 'ENOENT'],
  ])('then an archive that %s is refused and nothing is left', async (_what, spoil, message) => {
    if (message !== 'ENOENT') await publish('exit 0');
    await spoil();

    await expect(obtain()).rejects.toThrow(message);

    expect(await inCache()).toEqual([]);
  });
});
