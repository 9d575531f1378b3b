import { createRequire } from 'node:module';
import { ensureBuilt, ensureInstalled, main } from '../../embedded/bin/bootstrap.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { runAudit } = createRequire(import.meta.url)('../dist/index.js');
  process.exitCode = await runAudit(process.argv.slice(2));
});
