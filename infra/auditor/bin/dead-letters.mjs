import { createRequire } from 'node:module';
import { ensureBuilt, ensureInstalled, main } from '../../embedded/bin/bootstrap.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { runDeadLetters } = createRequire(import.meta.url)('../dist/index.js');
  process.exitCode = await runDeadLetters(process.argv.slice(2));
});
