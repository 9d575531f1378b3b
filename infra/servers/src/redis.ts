import { chmod, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { maven } from './maven';
import type { Source, Wanted } from './obtain';

const PROGRAM = 'redis-server';
const VERSION = '7.4.2';
const JAR = 'com.github.codemonstur:embedded-redis:1.4.3';

interface RedisBinaryModule {
  default: { getPath(options: { version: string; downloadDir: string }): Promise<string> };
}

/** An optional dependency: npm leaves it out where its own install step fails. */
const loadRedisBinary = (): RedisBinaryModule['default'] => {
  try {
    return (createRequire(__filename)('redis-memory-server/lib/util/RedisBinary') as RedisBinaryModule)
      .default;
  } catch (error) {
    throw new Error('the optional package redis-memory-server is not installed', { cause: error });
  }
};

const memoryServerDownload: Source = {
  origin: `redis-memory-server's download of ${VERSION}`,
  activity: `downloading and building ${VERSION}`,
  folder: `${PROGRAM}-${VERSION}`,
  needs: ['make'],
  async obtain(folder) {
    const file = await loadRedisBinary().getPath({ version: VERSION, downloadDir: folder });
    await rename(file, path.join(folder, PROGRAM));
  },
};

/** The server programs that the jar carries, by platform. */
const CARRIED: Partial<Record<string, string>> = {
  'linux-x64': 'redis-server-6.2.6-v5-linux-amd64',
  'linux-arm64': 'redis-server-6.2.7-linux-arm64',
  'linux-ia32': 'redis-server-6.2.7-linux-386',
  'darwin-x64': 'redis-server-6.2.6-v5-darwin-amd64',
  'darwin-arm64': 'redis-server-6.2.6-v5-darwin-arm64',
};

const mavenJar: Source = {
  origin: `the server inside Maven's ${JAR}`,
  activity: 'fetching the Maven jar',
  folder: 'embedded-redis-1.4.3',
  needs: ['mvn'],
  async obtain(folder, update) {
    const carried = CARRIED[`${process.platform}-${process.arch}`];
    if (!carried) throw new Error(`it carries no server for ${process.platform} on ${process.arch}`);
    const properties = { artifact: JAR, outputDirectory: folder, 'mdep.unpack.includes': carried };
    await maven(folder, ['dependency-plugin:3.8.1:unpack'], properties, update);
    await rename(path.join(folder, carried), path.join(folder, PROGRAM));
    // Maven, which has no project here, records what it has unpacked in a folder of this name.
    await rm(path.join(folder, '${project.basedir}'), { recursive: true, force: true });
    await chmod(path.join(folder, PROGRAM), 0o755);
  },
};

export const redis: Wanted = {
  title: 'Redis',
  program: PROGRAM,
  variable: 'TICKETING_REDIS_SERVER',
  advice: 'install Redis 6.2 or newer, or Maven, which brings one',
  sources: [memoryServerDownload, mavenJar],
};
