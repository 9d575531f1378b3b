import { rm } from 'node:fs/promises';
import path from 'node:path';
import { download } from './download';
import type { Source } from './obtain';
import { run } from './run';

/** A program of the NATS project: all of them are released, and built, in the same way. */
export interface NatsProgram {
  program: string;
  version: string;
  /** Its Go module: with its major version, as Go has it. */
  module: string;
  /** Its repository, which has the releases. */
  repository: string;
  /** The environment variable that names a mirror of the releases. */
  mirrorVariable: string;
  /** Checksums of the archives as the release lists them, as far as they are known here: `SHA-256  name` a line. */
  pinned?: string;
}

const ARCHITECTURES: Partial<Record<string, string>> = { x64: 'amd64', arm: 'arm7', ia32: '386' };

/**
 * The archive for this machine and its checksum: pinned, or else read from the list that the release publishes, which
 * protects against a broken download but not against a changed release. A mirror may repack, so its own list is what
 * counts there.
 */
const chooseArchive = async (
  { program, version, pinned = '' }: NatsProgram,
  base: string,
  mirrored: boolean,
): Promise<{ name: string; sha256: string }> => {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const entry = new RegExp(
    `^([0-9a-f]{64}) [ *](${program}-v${version}-${platform}\\.(?:tar\\.gz|zip))$`,
    'm',
  );
  const find = (list: string) => {
    const [, sha256, name] = entry.exec(list) ?? [];
    return name && sha256 ? { name, sha256 } : undefined;
  };
  const known = mirrored ? undefined : find(pinned);
  if (known) return known;
  const published = await fetch(`${base}/SHA256SUMS`, { signal: AbortSignal.timeout(15_000) });
  const listed = published.ok ? find(await published.text()) : undefined;
  if (!listed) throw new Error(`${base}/SHA256SUMS (${published.status}) lists no archive for ${platform}`);
  return listed;
};

/** The release's archive, from GitHub or a mirror. */
export const releaseDownload = (wanted: NatsProgram): Source => {
  const { program, version, repository, mirrorVariable } = wanted;
  return {
    origin: `the release ${version}`,
    activity: `downloading ${version}`,
    folder: `${program}-${version}-release`,
    // Every supported system has a tar; macOS's reads zip files as well.
    needs: ['tar'],
    async obtain(folder, update) {
      const mirror = process.env[mirrorVariable];
      const base = `${mirror ?? `https://${repository}/releases/download`}/v${version}`;
      const { name, sha256 } = await chooseArchive(wanted, base, Boolean(mirror));
      const archive = path.join(folder, name);
      await download(`${base}/${name}`, archive, sha256, update);
      await run('tar', ['-xf', archive, '-C', folder, '--strip-components', '1']);
      await rm(archive);
    },
  };
};

/** A build of the Go module, which Go verifies against its checksum database. */
export const goBuild = ({
  program,
  version,
  module,
}: Pick<NatsProgram, 'program' | 'version' | 'module'>): Source => ({
  origin: `go install ${module}@v${version}`,
  activity: 'building from source, about a minute',
  folder: `${program}-${version}-go`,
  needs: ['go'],
  async obtain(folder, update) {
    await run('go', ['install', `${module}@v${version}`], {
      cwd: folder,
      env: { ...process.env, GOBIN: folder, GOFLAGS: '' },
      timeoutMs: 15 * 60_000,
      onLine: update,
    });
  },
});
