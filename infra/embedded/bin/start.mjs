import { createRequire } from 'node:module';
import { ensureBuilt, ensureInstalled, main } from './bootstrap.mjs';
import { HELP, parseStartArguments } from './start-arguments.mjs';

const startedAt = Date.now();

await main(async () => {
  const { help, ...options } = parseStartArguments(process.argv.slice(2));
  if (help) return console.log(HELP);
  await ensureInstalled();
  await ensureBuilt();
  const { start } = createRequire(import.meta.url)('../dist/index.js');
  await start({ ...options, startedAt });
});
