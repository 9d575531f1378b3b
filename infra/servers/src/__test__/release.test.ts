import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { natsServer } from '../nats-server';
import { natsStreaming } from '../nats-streaming';
import { obtainServer, type Wanted } from '../obtain';
import { silent, type Reporter } from '../reporter';
import { script, temporaryDirectory, setEnv, useHttpServer } from './support';

const inDirectory = temporaryDirectory();
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;

interface Released {
  wanted: Wanted;
  version: string;
  mirrorVariable: string;
}
const servers: [string, Released][] = [
  ['NATS Streaming', { wanted: natsStreaming, version: '0.25.6', mirrorVariable: 'NATS_STREAMING_MIRROR' }],
  ['NATS', { wanted: natsServer, version: '2.15.3', mirrorVariable: 'NATS_SERVER_MIRROR' }],
];

describe.each(servers)('when %s is downloaded', (_title, { wanted, version, mirrorVariable }) => {
  const archive = `${wanted.program}-v${version}-${process.platform}-${architecture}.tar.gz`;
  const folder = `${wanted.program}-${version}-release`;

  let files: Partial<Record<string, Buffer | string>>;
  let breaksOff: boolean;
  const mirror = useHttpServer((req, res) => {
    const file = files[req.url?.replace(`/v${version}/`, '') ?? ''];
    if (file === undefined) return res.writeHead(404).end();
    res.writeHead(200, { 'content-length': file.length });
    if (breaksOff && req.url?.endsWith('.tar.gz')) return res.write(file.slice(0, 50), () => res.destroy());
    return res.end(file);
  });

  /** Obtains it by download only. */
  const obtain = (report: Reporter = silent) =>
    obtainServer({ ...wanted, sources: wanted.sources.slice(0, 1) }, { cache: inDirectory('cache'), report });
  const inCache = () => readdir(inDirectory('cache'));

  /** Publishes a release like the real one: a directory, packed, and a list of checksums. */
  const publish = async (program = wanted.program): Promise<void> => {
    await mkdir(inDirectory('release'));
    await script(inDirectory('release', program), `echo ${program} version ${version}`);
    execFileSync('tar', ['-czf', inDirectory('packed'), '-C', inDirectory(), 'release']);
    const packed = await readFile(inDirectory('packed'));
    const sum = createHash('sha256').update(packed).digest('hex');
    files = { [archive]: packed, SHA256SUMS: `${'0'.repeat(64)}  something-else.zip\n${sum}  ${archive}\n` };
  };

  beforeEach(() => {
    breaksOff = false;
    setEnv({ PATH: '/usr/bin:/bin', [mirrorVariable]: mirror.url(), [wanted.variable]: undefined });
  });

  test('then its program is unpacked into the cache and found there the next time', async () => {
    await publish();
    const progress: string[] = [];

    const { file } = await obtain({
      ...silent,
      step: (_label, _done, work) => work((text) => progress.push(text)),
    });
    files = {};

    expect(execFileSync(file, ['--version']).toString()).toContain(version);
    expect(progress.at(-1)).toMatch(/^[\d.]+ of [\d.]+ MB, 100 %$/);
    expect(await obtain()).toMatchObject({ file, origin: `the release ${version}` });
    expect(await inCache()).toEqual([folder]);
  });

  test('then what an interrupted attempt has left is removed', async () => {
    await publish();
    const partial = inDirectory('cache', `.${folder}-partial`);
    await mkdir(partial, { recursive: true });
    await writeFile(path.join(partial, 'half'), '');

    const { file } = await obtain();

    expect(await inCache()).toEqual([folder]);
    expect(await readdir(path.dirname(file))).toEqual([wanted.program]);
  });

  test.each<[string, () => unknown, string | RegExp]>([
    ['has another checksum', () => (files[archive] = 'tampered'), 'was expected'],
    ['is not listed', () => (files.SHA256SUMS = ''), 'lists no archive for'],
    ['does not exist', () => delete files[archive], 'the answer is 404'],
    ['breaks off', () => (breaksOff = true), /could not be downloaded after 50 bytes/],
    ['is on a host that is gone', () => mirror.close(), 'ECONNREFUSED'],
  ])('then an archive that %s is refused and nothing is left', async (_what, spoil, message) => {
    await publish();
    await spoil();

    await expect(obtain()).rejects.toThrow(message);

    expect(await inCache()).toEqual([]);
  });

  test('then an archive without the program is refused and nothing is left', async () => {
    await publish('another-program');

    await expect(obtain()).rejects.toThrow('ENOENT');

    expect(await inCache()).toEqual([]);
  });
});
