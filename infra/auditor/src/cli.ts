import { parseArgs } from 'node:util';
import { defaultDataDir } from '@ticketing/embedded';
import { audit } from './audit';
import { ConfigError, readConfig } from './config';
import { Databases } from './databases';
import { report } from './report';

export const USAGE = `Usage: npm run audit [-- --settle SECONDS] [--json]
  --settle SECONDS  read again for so long until nothing is on its way (default 10)
  --json            print the findings as JSON
Reads the system that npm start runs, or the one that AUTH_MONGO_URI, TICKETS_MONGO_URI, ORDERS_MONGO_URI,
PAYMENTS_MONGO_URI and STRIPE_SANDBOX_URL or STRIPE_KEY name. Exits with 1 when an invariant is broken.`;

const readArguments = (args: string[]): { settleMs: number; json: boolean } => {
  try {
    const { values } = parseArgs({
      args,
      options: { settle: { type: 'string', default: '10' }, json: { type: 'boolean', default: false } },
    });
    const settleMs = Number(values.settle) * 1000;
    if (settleMs >= 0) return { settleMs, json: values.json };
  } catch {
    // As for a bad value.
  }
  throw new ConfigError(USAGE);
};

/** The command. @returns its exit code */
export const runAudit = async (args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> => {
  const { settleMs, json } = readArguments(args);
  const { uris, stripe } = readConfig(env, defaultDataDir());
  const databases = Databases.at(uris);
  try {
    const findings = await audit({ databases, stripe }, settleMs);
    const plain = findings.map(({ invariant: { name, promise }, count, violations }) => ({
      ...{ name, promise, count: count ?? null, violations },
    }));
    process.stdout.write(`${json ? JSON.stringify(plain, undefined, 2) : report(findings)}\n`);
    return findings.some(({ violations }) => violations.length > 0) ? 1 : 0;
  } finally {
    await databases.close();
  }
};
