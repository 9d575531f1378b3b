import path from 'node:path';
import { rm } from 'node:fs/promises';
import { download } from './download';
import type { Source, Wanted } from './obtain';
import { run } from './run';

const PROGRAM = 'nats-streaming-server';
const VERSION = '0.25.6';
const MODULE = 'github.com/nats-io/nats-streaming-server';
const RELEASES = `https://${MODULE}/releases/download`;

/** From the release's own list, as the official container images pin them. */
const PINNED = `
10f25b100a5b9a7389882883259790d599b557a16ddde1accdfcf9361e19b2f9  ${PROGRAM}-v${VERSION}-linux-amd64.tar.gz
caf2839d14c610d9d62afeb9022ee36aa4ff5adc86d0402bb7e1a5d7f5e7d26f  ${PROGRAM}-v${VERSION}-linux-arm64.tar.gz
0264455a2c028e2828d517070bb06837206a70702bfba66656406bc9d750c282  ${PROGRAM}-v${VERSION}-linux-arm7.tar.gz
796d25d9411e42c7f183950ad109b1918e039236960919cb22d57748b329cae0  ${PROGRAM}-v${VERSION}-linux-386.tar.gz
`;

const ARCHITECTURES: Partial<Record<string, string>> = { x64: 'amd64', arm: 'arm7', ia32: '386' };

/**
 * The archive for this machine and its checksum: pinned, or else (on macOS) read from the list that the release
 * publishes, which protects against a broken download but not against a changed release. A mirror may repack, so its
 * own list is what counts there.
 */
const chooseArchive = async (base: string, mirrored: boolean): Promise<{ name: string; sha256: string }> => {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const entry = new RegExp(
    `^([0-9a-f]{64}) [ *](${PROGRAM}-v${VERSION}-${platform}\\.(?:tar\\.gz|zip))$`,
    'm',
  );
  const find = (list: string) => {
    const [, sha256, name] = entry.exec(list) ?? [];
    return name && sha256 ? { name, sha256 } : undefined;
  };
  const pinned = mirrored ? undefined : find(PINNED);
  if (pinned) return pinned;
  const published = await fetch(`${base}/SHA256SUMS`, { signal: AbortSignal.timeout(15_000) });
  const listed = published.ok ? find(await published.text()) : undefined;
  if (!listed) throw new Error(`${base}/SHA256SUMS (${published.status}) lists no archive for ${platform}`);
  return listed;
};

const releaseDownload: Source = {
  origin: `the release ${VERSION}`,
  activity: `downloading ${VERSION}`,
  folder: `${PROGRAM}-${VERSION}-release`,
  // Every supported system has a tar; macOS's reads zip files as well.
  needs: ['tar'],
  async obtain(folder, update) {
    const mirror = process.env.NATS_STREAMING_MIRROR;
    const base = `${mirror ?? RELEASES}/v${VERSION}`;
    const { name, sha256 } = await chooseArchive(base, Boolean(mirror));
    const archive = path.join(folder, name);
    await download(`${base}/${name}`, archive, sha256, update);
    await run('tar', ['-xf', archive, '-C', folder, '--strip-components', '1']);
    await rm(archive);
  },
};

const goBuild: Source = {
  origin: `go install ${MODULE}@v${VERSION}`,
  activity: 'building from source, about a minute',
  folder: `${PROGRAM}-${VERSION}-go`,
  needs: ['go'],
  async obtain(folder, update) {
    await run('go', ['install', `${MODULE}@v${VERSION}`], {
      cwd: folder,
      // Go verifies the module against its checksum database.
      env: { ...process.env, GOBIN: folder, GOFLAGS: '' },
      timeoutMs: 15 * 60_000,
      onLine: update,
    });
  },
};

export const natsStreaming: Wanted = {
  title: 'NATS Streaming',
  program: PROGRAM,
  variable: 'TICKETING_NATS_STREAMING_SERVER',
  advice: `install ${PROGRAM} ${VERSION}, or Go, which builds it`,
  sources: [releaseDownload, goBuild],
};
