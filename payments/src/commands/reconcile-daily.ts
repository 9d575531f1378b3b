import { change, idOf, insert, isDuplicateKey, logger } from '@ticketing/common';
import { Reconciliation, reconciliations, type ReconciliationEntity } from '../models/reconciliation';
import { reconcile, type ReconcileOptions } from './reconcile';
import { openFindings } from './reconcile-report';

const HOUR_MS = 3_600_000;

/** Takes the run of an interval for this process; undefined when one has it already. */
const begin = async (slot: string): Promise<ReconciliationEntity | undefined> => {
  const [known] = await reconciliations.ofSlot(slot).select({ _id: 1 }).lean();
  if (known) return undefined;
  try {
    return await insert(Reconciliation, Reconciliation.begin(slot));
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
};

/**
 * Reconciles once in each interval, whatever number of processes ask for it, and logs what was found: a warning for what
 * was repaired, an error for what a person has to look at. A run that was cut off is not repeated: the next one looks
 * at the same days again.
 *
 * @param hours the interval's length
 */
export const reconcileIfDue = async (hours: number, options: ReconcileOptions): Promise<void> => {
  const run = await begin(`${hours}h:${Math.floor(Date.now() / (hours * HOUR_MS))}`);
  if (!run) return;
  const report = await reconcile(options);
  const { repaired, remaining, attention, compared } = report;
  for (const difference of repaired) logger.warn(difference, 'a difference to Stripe was repaired');
  for (const difference of remaining) logger.error(difference, 'Stripe and a payment differ');
  const open = openFindings(report);
  await change(Reconciliation, { id: idOf(run) }, (current) =>
    current.finish({ repaired: repaired.length, remaining: open }),
  );
  logger.info({ compared, attention, repaired: repaired.length, remaining: open }, 'reconciled with Stripe');
};
