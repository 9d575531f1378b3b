import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, main, root } from '../../infra/embedded/bin/bootstrap.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-b', 'bench/tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The benchmark could not be built.');
  const { bench } = createRequire(import.meta.url)('../dist/bench.js');
  await bench(process.argv.slice(2));
});
