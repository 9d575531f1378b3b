import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeDirectory } from './build';
import { download, DownloadError, fetchText } from './download';
import type { ObtainContext, Source, Wanted } from './obtain';
import { isExecutable, requireOnPath, run } from './run';

export const NATS_STREAMING_VERSION = '0.25.6';

const PROGRAM = 'nats-streaming-server';
const RELEASES = 'https://github.com/nats-io/nats-streaming-server/releases/download';
const MODULE = 'github.com/nats-io/nats-streaming-server';

/** The SHA-256 of the release's archives, as the official container images pin them. */
const CHECKSUMS: Record<string, { archive: 'tar.gz' | 'zip'; sha256: string }> = {
  'linux-amd64': {
    archive: 'tar.gz',
    sha256: '10f25b100a5b9a7389882883259790d599b557a16ddde1accdfcf9361e19b2f9',
  },
  'linux-arm64': {
    archive: 'tar.gz',
    sha256: 'caf2839d14c610d9d62afeb9022ee36aa4ff5adc86d0402bb7e1a5d7f5e7d26f',
  },
  'linux-arm7': {
    archive: 'tar.gz',
    sha256: '0264455a2c028e2828d517070bb06837206a70702bfba66656406bc9d750c282',
  },
  'linux-386': {
    archive: 'tar.gz',
    sha256: '796d25d9411e42c7f183950ad109b1918e039236960919cb22d57748b329cae0',
  },
  'windows-amd64': {
    archive: 'zip',
    sha256: '41be7de372eea07f0923420c525336eaf311ab9f9878d8823cf7b69c74da5351',
  },
};

const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64', arm: 'arm7', ia32: '386' };

const platformName = (): string => {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${ARCHITECTURES[process.arch] ?? process.arch}`;
};

const programFile = process.platform === 'win32' ? `${PROGRAM}.exe` : PROGRAM;

const cachedFile = (context: ObtainContext, how: string): string =>
  path.join(context.cache, `${PROGRAM}-${NATS_STREAMING_VERSION}-${how}`, programFile);

/** The release's own list of checksums. */
const published = async (base: string): Promise<Map<string, string>> => {
  const text = await fetchText(`${base}/SHA256SUMS`);
  const lines = text.split('\n').map((line) => line.trim().split(/\s+\*?/));
  return new Map(lines.filter((parts) => parts.length === 2).map(([sha256, name]) => [name!, sha256!]));
};

/**
 * The archive for this machine and its checksum: pinned where the pin is known, else read from the list that
 * the release publishes (macOS), which protects against a broken download but not against a changed release.
 * A mirror that sets NATS_STREAMING_MIRROR repacks, so its own list is what counts there.
 */
const chooseArchive = async (base: string, mirrored: boolean): Promise<{ name: string; sha256: string }> => {
  const platform = platformName();
  const stem = `${PROGRAM}-v${NATS_STREAMING_VERSION}-${platform}`;
  const pinned = CHECKSUMS[platform];
  if (pinned && !mirrored) return { name: `${stem}.${pinned.archive}`, sha256: pinned.sha256 };
  const sums = await published(base);
  for (const archive of ['tar.gz', 'zip']) {
    const sha256 = sums.get(`${stem}.${archive}`);
    if (sha256) return { name: `${stem}.${archive}`, sha256 };
  }
  throw new DownloadError(`${base}/SHA256SUMS lists no archive for ${platform}`);
};

const releaseDownload: Source = {
  origin: `the release ${NATS_STREAMING_VERSION}`,
  async cached(context) {
    const file = cachedFile(context, 'release');
    return (await isExecutable(file)) ? file : undefined;
  },
  async obtain(context) {
    const mirror = process.env.NATS_STREAMING_MIRROR;
    const base = `${mirror ?? RELEASES}/v${NATS_STREAMING_VERSION}`;
    const { name, sha256 } = await chooseArchive(base, Boolean(mirror));
    const archive = path.join(context.cache, name);
    await download(`${base}/${name}`, archive, { label: 'NATS Streaming', report: context.report, sha256 });
    const target = cachedFile(context, 'release');
    try {
      await makeDirectory(path.dirname(target), async (scratch) => {
        const unpacked = path.join(scratch, 'unpacked');
        await mkdir(unpacked);
        // Every supported system has a tar; on Windows and macOS it reads zip files as well.
        await run(await requireOnPath('tar'), ['-xf', archive, '-C', unpacked, '--strip-components', '1']);
        await copyFile(path.join(unpacked, programFile), path.join(scratch, programFile));
        await rm(unpacked, { recursive: true });
      });
    } finally {
      await rm(archive, { force: true });
    }
    return target;
  },
};

const goBuild: Source = {
  origin: `go install ${MODULE}@v${NATS_STREAMING_VERSION}`,
  async cached(context) {
    const file = cachedFile(context, 'go');
    return (await isExecutable(file)) ? file : undefined;
  },
  async obtain(context) {
    const go = await requireOnPath('go');
    const target = cachedFile(context, 'go');
    const progress = context.report.progress('NATS Streaming: building from source, about a minute');
    try {
      await makeDirectory(path.dirname(target), async (scratch) => {
        await run(go, ['install', `${MODULE}@v${NATS_STREAMING_VERSION}`], {
          cwd: scratch,
          // The module's own checksums are verified by Go against its checksum database.
          env: { ...process.env, GOBIN: scratch, GOFLAGS: '' },
          timeoutMs: 15 * 60_000,
          onLine: (line) => progress.update(line.slice(0, 60)),
        });
      });
      progress.done('built');
    } finally {
      progress.done();
    }
    return target;
  },
};

export const natsStreaming: Wanted = {
  title: 'NATS Streaming',
  program: PROGRAM,
  variable: 'TICKETING_NATS_STREAMING_SERVER',
  advice: `install ${PROGRAM} ${NATS_STREAMING_VERSION}, or Go, which builds it`,
  sources: [releaseDownload, goBuild],
};
