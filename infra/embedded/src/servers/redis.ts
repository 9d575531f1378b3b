import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { makeDirectory } from './build';
import type { ObtainContext, Source, Wanted } from './obtain';
import { isExecutable, requireOnPath, run } from './run';

const REDIS_VERSION = '7.4.2';
const EMBEDDED_REDIS_VERSION = '1.4.3';

interface RedisBinaryModule {
  default: { getPath(options: { version: string; downloadDir: string }): Promise<string> };
}

const downloadDir = (context: ObtainContext): string => path.join(context.cache, 'redis-memory-server');

const memoryServerDownload: Source = {
  origin: `redis-memory-server's download of ${REDIS_VERSION}`,
  async cached(context) {
    const file = path.join(downloadDir(context), REDIS_VERSION, 'redis-server');
    return (await isExecutable(file)) ? file : undefined;
  },
  async obtain(context) {
    // An optional dependency: npm leaves it out where its own install step fails.
    let binary: RedisBinaryModule['default'];
    try {
      const load = createRequire(__filename);
      binary = (load('redis-memory-server/lib/util/RedisBinary') as RedisBinaryModule).default;
    } catch {
      throw new Error('the optional package redis-memory-server is not installed');
    }
    const progress = context.report.progress(`Redis: downloading and building ${REDIS_VERSION}`);
    try {
      const file = await binary.getPath({ version: REDIS_VERSION, downloadDir: downloadDir(context) });
      progress.done('built');
      return file;
    } finally {
      progress.done();
    }
  },
};

/** The server programs that the jar carries, by platform. */
const CARRIED: Record<string, string> = {
  'linux-x64': 'redis-server-6.2.6-v5-linux-amd64',
  'linux-arm64': 'redis-server-6.2.7-linux-arm64',
  'linux-ia32': 'redis-server-6.2.7-linux-386',
  'darwin-x64': 'redis-server-6.2.6-v5-darwin-amd64',
  'darwin-arm64': 'redis-server-6.2.6-v5-darwin-arm64',
  'win32-x64': 'redis-server-5.0.14.1-windows-amd64.exe',
};

const jarFile = (context: ObtainContext): string =>
  path.join(
    context.cache,
    `embedded-redis-${EMBEDDED_REDIS_VERSION}`,
    process.platform === 'win32' ? 'redis-server.exe' : 'redis-server',
  );

const mavenJar: Source = {
  origin: `the server inside Maven's com.github.codemonstur:embedded-redis:${EMBEDDED_REDIS_VERSION}`,
  async cached(context) {
    const file = jarFile(context);
    return (await isExecutable(file)) ? file : undefined;
  },
  async obtain(context) {
    const carried = CARRIED[`${process.platform}-${process.arch}`];
    if (!carried) throw new Error(`it carries no server for ${process.platform} on ${process.arch}`);
    const mvn = await requireOnPath('mvn');
    const target = jarFile(context);
    const progress = context.report.progress('Redis: fetching the Maven jar');
    try {
      await makeDirectory(path.dirname(target), async (scratch) => {
        const unpacked = path.join(scratch, 'unpacked');
        await mkdir(unpacked);
        // Maven verifies the jar against the repository's checksum; -C makes a mismatch an error.
        const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack';
        const artifact = `-Dartifact=com.github.codemonstur:embedded-redis:${EMBEDDED_REDIS_VERSION}`;
        const output = [`-DoutputDirectory=${unpacked}`, `-Dmdep.unpack.includes=${carried}`];
        await run(mvn, ['-B', '-C', goal, artifact, ...output], {
          cwd: unpacked,
          timeoutMs: 5 * 60_000,
          onLine: (line) => progress.update(line.slice(0, 60)),
        });
        await copyFile(path.join(unpacked, carried), path.join(scratch, path.basename(target)));
        await chmod(path.join(scratch, path.basename(target)), 0o755);
        await rm(unpacked, { recursive: true });
      });
      progress.done('fetched');
    } finally {
      progress.done();
    }
    return target;
  },
};

export const redis: Wanted = {
  title: 'Redis',
  program: 'redis-server',
  variable: 'TICKETING_REDIS_SERVER',
  advice: 'install Redis 6.2 or newer, or Maven, which brings one',
  sources: [memoryServerDownload, mavenJar],
};
