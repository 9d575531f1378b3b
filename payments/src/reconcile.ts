import { parseArgs } from 'node:util';
import { ConfigError, loadConfig, logger, mongoVariables } from '@ticketing/common';
import mongoose from 'mongoose';
import { z } from 'zod';
import { reconcile, type ReconcileOptions } from './commands/reconcile';
import { openFindings, reportText } from './commands/reconcile-report';
import { reconcileVariables } from './config';

const USAGE = 'Usage: npm run reconcile -- [--days N] [--min-age SECONDS] [--dry-run | --retry]';
/** 1 is for findings. */
const CANNOT_TELL = 2;

class UsageError extends Error {}

const options = {
  days: { type: 'string' },
  'min-age': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  retry: { type: 'boolean', default: false },
} as const;
const given = z
  .object({
    days: reconcileVariables.RECONCILE_DAYS.unwrap().optional(),
    'min-age': z.coerce.number().int().min(0).optional(),
    'dry-run': z.boolean(),
    retry: z.boolean(),
  })
  .refine((all) => !(all['dry-run'] && all.retry));

const readArguments = (): Partial<ReconcileOptions> => {
  try {
    const all = given.parse(parseArgs({ options }).values);
    const { days, 'min-age': minAgeSeconds, 'dry-run': isDry, retry: isRetrying } = all;
    return { days, minAgeSeconds, isRepairing: !isDry, isRetrying };
  } catch {
    throw new UsageError(USAGE);
  }
};

/**
 * Compares once, prints the report. What a repair raises is left in the outboxes, which the service's relay publishes.
 *
 * @returns the exit code: 0 when all agrees, 1 when a person has to look
 */
const main = async (): Promise<number> => {
  const wanted = readArguments();
  const config = loadConfig(z.object({ ...mongoVariables, ...reconcileVariables }));
  // What repairs log is in the report.
  logger.level = 'silent';
  await mongoose.connect(config.MONGO_URI, { serverSelectionTimeoutMS: 10_000 });
  try {
    const report = await reconcile({ ...wanted, days: wanted.days ?? config.RECONCILE_DAYS });
    process.stdout.write(`${reportText(report)}\n`);
    return openFindings(report) === 0 ? 0 : 1;
  } finally {
    await mongoose.disconnect();
  }
};

void main()
  .catch((error: Error) => {
    const isExpected = error instanceof ConfigError || error instanceof UsageError;
    process.stderr.write(
      `${isExpected ? error.message : `Stripe and the payments could not be compared: ${error.message}`}\n`,
    );
    return CANNOT_TELL;
  })
  .then((code) => {
    process.exitCode = code;
  });
