import { createRequire } from 'node:module';
import { ensureBuilt, ensureInstalled, main } from './bootstrap.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { runSeed } = createRequire(import.meta.url)('../dist/index.js');
  await runSeed();
});
