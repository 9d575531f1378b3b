import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { maven } from './maven';
import type { Source, Wanted } from './obtain';

/** What the Kubernetes manifests run, at the patch level that is downloaded here. */
const VERSION = '8.0.12';
const DOWNLOAD_HOST = 'https://fastdl.mongodb.org';
const REACH_TIMEOUT_MS = 5_000;
const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'npm_config_https_proxy'];

const memoryServerDownload: Source = {
  origin: `mongodb-memory-server's download of ${VERSION}`,
  activity: `downloading ${VERSION}`,
  folder: `mongod-${VERSION}`,
  async obtain(folder) {
    // A host that does not answer should cost seconds, not the library's several retries.
    if (!PROXY_VARIABLES.some((name) => process.env[name])) {
      const host = process.env.MONGOMS_DOWNLOAD_MIRROR ?? DOWNLOAD_HOST;
      await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(REACH_TIMEOUT_MS) });
    }
    // Loaded on demand: the library takes longer to load than everything else here together.
    const { MongoBinary } = createRequire(__filename)(
      'mongodb-memory-server-core/lib/util/MongoBinary',
    ) as typeof import('mongodb-memory-server-core/lib/util/MongoBinary.js');
    const file = await MongoBinary.getPath({ version: VERSION, downloadDir: folder });
    // The library may have found one that it downloaded for another project; that one stays where it is.
    await (file.startsWith(folder) ? rename : copyFile)(file, path.join(folder, 'mongod'));
  },
};

const sources = path.resolve(__dirname, '../java');

/**
 * The heap is capped because several of these run side by side in test runs; the archive of loaded classes, recorded
 * at the first run, makes a start several times faster.
 */
const launcher = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
java=java
[ -n "$JAVA_HOME" ] && [ -x "$JAVA_HOME/bin/java" ] && java="$JAVA_HOME/bin/java"
archive="$here/mongod.jsa"
start() { exec "$java" -Xmx512m -XX:+UseSerialGC -Dslf4j.internal.verbosity=ERROR -cp "$here/lib/*:$here/lib/dependency/*" "$@"; }
[ -f "$archive" ] || (start -XX:ArchiveClassesAtExit="$archive" Mongod --dbpath "$here/lib" --port 0 --warm-up) >/dev/null 2>&1
start -Xshare:auto -XX:SharedArchiveFile="$archive" -Xlog:cds=off -Xlog:cds+dynamic=off Mongod "$@"
`;

const code = path.join(sources, 'src/main/java');

/** A change of its sources is another program, in another folder. */
const fingerprint = [path.join(sources, 'pom.xml'), ...readdirSync(code).map((file) => path.join(code, file))]
  .toSorted()
  .reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256').update(launcher))
  .digest('hex');

const javaStandIn: Source = {
  origin: 'mongo-java-server from Maven, behind the command line of mongod',
  activity: 'building the stand-in with Maven',
  folder: `mongo-java-server-${fingerprint.slice(0, 12)}`,
  flavour: 'mongo-java-server',
  needs: ['mvn', 'java'],
  runtime: 'java',
  async obtain(folder, update) {
    const goals = [
      'compiler-plugin:3.13.0:compile',
      'jar-plugin:3.4.2:jar',
      'dependency-plugin:3.8.1:copy-dependencies',
    ];
    await maven(sources, goals, { output: path.join(folder, 'lib') }, update);
    await writeFile(path.join(folder, 'mongod'), launcher, { mode: 0o755 });
  },
};

export const mongodb: Wanted = {
  title: 'MongoDB',
  program: 'mongod',
  variable: 'TICKETING_MONGOD',
  advice: 'install MongoDB 7 or newer, or Java 17 with Maven, which bring a stand-in',
  sources: [memoryServerDownload, javaStandIn],
};
