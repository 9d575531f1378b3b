// npm run reconcile -- [--days N] [--min-age SECONDS] [--dry-run | --retry]
// Compares Stripe's books with the payments of the system that `npm start` runs, or of the one whose database MONGO_URI
// names (with STRIPE_SANDBOX_URL or STRIPE_KEY). Exits with 0 when they agree, with 1 and a list when a person has to
// look, with 2 if it cannot tell.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, main, root } from '../infra/embedded/bin/bootstrap.mjs';

const require = createRequire(import.meta.url);

/** What names the payments' database and their Stripe. */
const environment = () => {
  if (process.env.MONGO_URI) return process.env;
  const { defaultDataDir, runningSystem } = require('@ticketing/embedded');
  const running = runningSystem(defaultDataDir());
  if (!running) return undefined;
  const { mongoUris, sandboxUrl } = running;
  const stripe = sandboxUrl ? { STRIPE_SANDBOX_URL: sandboxUrl, STRIPE_KEY: '' } : {};
  return { ...process.env, ...stripe, MONGO_URI: mongoUris.payments };
};

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const env = environment();
  if (!env) {
    console.error(
      'No system runs here. Start one with npm start, or name the database of its payments in MONGO_URI, and STRIPE_SANDBOX_URL or STRIPE_KEY.',
    );
    process.exitCode = 2;
    return;
  }
  const program = path.join(root, 'payments/dist/reconcile.js');
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { env, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  process.exitCode = code ?? 2;
});
