import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DryMongoBinary as Locate } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import type { MongoBinary as Obtain } from 'mongodb-memory-server-core/lib/util/MongoBinary.js';
import { packageRoot } from '../paths';
import { makeDirectory } from './build';
import type { ObtainContext, Source, Wanted } from './obtain';
import { findOnPath, isExecutable, requireOnPath, run } from './run';

/** What the Kubernetes manifests run, at the patch level that is downloaded here. */
export const MONGODB_VERSION = '8.0.12';

/** Loaded when needed: the library costs a start more time than everything else here together. */
const load = createRequire(__filename);

const DOWNLOAD_HOST = 'https://fastdl.mongodb.org';
const REACH_TIMEOUT_MS = 5_000;

const downloadOptions = (context: ObtainContext) => ({
  version: MONGODB_VERSION,
  downloadDir: path.join(context.cache, 'mongodb-memory-server'),
});

/** A host that cannot be reached should cost seconds, not the library's patience of several tries. */
const requireReachable = async (): Promise<void> => {
  const behindProxy = ['HTTPS_PROXY', 'https_proxy', 'npm_config_https_proxy'].some(
    (name) => process.env[name],
  );
  if (behindProxy) return;
  const host = process.env.MONGOMS_DOWNLOAD_MIRROR ?? DOWNLOAD_HOST;
  try {
    await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(REACH_TIMEOUT_MS) });
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    throw new Error(`${host} cannot be reached (${reason})`, { cause: error });
  }
};

const memoryServerDownload: Source = {
  origin: `mongodb-memory-server's download of ${MONGODB_VERSION}`,
  async cached(context) {
    const { DryMongoBinary } = load('mongodb-memory-server-core/lib/util/DryMongoBinary') as {
      DryMongoBinary: typeof Locate;
    };
    return (await DryMongoBinary.locateBinary(downloadOptions(context)).catch(() => undefined)) ?? undefined;
  },
  async obtain(context) {
    const { MongoBinary } = load('mongodb-memory-server-core/lib/util/MongoBinary') as {
      MongoBinary: typeof Obtain;
    };
    await requireReachable();
    const progress = context.report.progress(`MongoDB: downloading ${MONGODB_VERSION}`);
    try {
      const file = await MongoBinary.getPath(downloadOptions(context));
      progress.done('downloaded');
      return file;
    } finally {
      progress.done();
    }
  },
};

/**
 * The heap is capped because several of these run side by side in test runs; the shared archive holds the
 * loaded classes, which makes a start several times faster.
 */
const launcher = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
java=java
[ -n "$JAVA_HOME" ] && [ -x "$JAVA_HOME/bin/java" ] && java="$JAVA_HOME/bin/java"
exec "$java" -Xmx512m -XX:+UseSerialGC -Xshare:auto -XX:SharedArchiveFile="$here/mongod.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off -Dslf4j.internal.verbosity=ERROR -cp "$here/mongod.jar:$here/lib/*" Mongod "$@"
`;

const sources = path.join(packageRoot, 'java');

/** Another directory for another program, so that a change of its sources is a build. */
const standInFile = (context: ObtainContext): string => {
  const hash = createHash('sha256').update(launcher);
  for (const file of ['pom.xml', 'src/main/java/Mongod.java'])
    hash.update(readFileSync(path.join(sources, file)));
  return path.join(context.cache, `mongo-java-server-${hash.digest('hex').slice(0, 12)}`, 'mongod');
};

const javaStandIn: Source = {
  origin: 'mongo-java-server from Maven, behind the command line of mongod',
  flavour: 'mongo-java-server',
  async cached(context) {
    const file = standInFile(context);
    return (await isExecutable(file)) && (await findOnPath('java')) ? file : undefined;
  },
  async obtain(context) {
    if (process.platform === 'win32') throw new Error('it is made for Linux and macOS');
    const mvn = await requireOnPath('mvn');
    await requireOnPath('java');
    const target = standInFile(context);
    const progress = context.report.progress('MongoDB: building the stand-in with Maven');
    try {
      await makeDirectory(path.dirname(target), async (scratch) => {
        const source = path.join(scratch, 'source');
        await cp(sources, source, { recursive: true });
        await run(mvn, ['-B', '-C', `-Doutput=${path.join(scratch, 'target')}`, 'process-classes'], {
          cwd: source,
          timeoutMs: 10 * 60_000,
          onLine: (line) => progress.update(line.slice(0, 60)),
        });
        await copyFile(path.join(scratch, 'target/mongod-1.0.0.jar'), path.join(scratch, 'mongod.jar'));
        await cp(path.join(scratch, 'target/lib'), path.join(scratch, 'lib'), { recursive: true });
        await rm(path.join(scratch, 'target'), { recursive: true });
        await rm(source, { recursive: true });
        await writeFile(path.join(scratch, 'mongod'), launcher, { mode: 0o755 });
      });
      await archiveClasses(path.dirname(target));
      progress.done('built');
    } finally {
      progress.done();
    }
    return target;
  },
};

/** Starts the finished server once to record the classes it loads; without the record it only starts slower. */
const archiveClasses = async (directory: string): Promise<void> => {
  const dbpath = path.join(directory, 'warm-up');
  await mkdir(dbpath);
  const classpath = `${directory}/mongod.jar:${directory}/lib/*`;
  const flags = ['-XX:+UseSerialGC', `-XX:ArchiveClassesAtExit=${directory}/mongod.jsa`, '-cp', classpath];
  const server = ['Mongod', '--port', '0', '--dbpath', dbpath, '--warm-up'];
  await run(await requireOnPath('java'), [...flags, ...server], { timeoutMs: 60_000 }).catch(() => undefined);
  await rm(dbpath, { recursive: true, force: true });
};

export const mongodb: Wanted = {
  title: 'MongoDB',
  program: 'mongod',
  variable: 'TICKETING_MONGOD',
  advice: 'install MongoDB 7 or newer, or Java 17 with Maven, which bring a stand-in',
  sources: [memoryServerDownload, javaStandIn],
};
