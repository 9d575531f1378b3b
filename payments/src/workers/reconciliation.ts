import { periodic } from '@ticketing/common';
import { reconcileIfDue } from '../commands/reconcile-daily';
import { config } from '../config';

/** How often it is looked whether a run is due, in milliseconds. */
const CHECK_MS = 10 * 60_000;

/** Compares the last days with Stripe's books, once in RECONCILE_INTERVAL_HOURS by one of all processes. */
export const reconciliation = periodic('reconciliation', CHECK_MS, async () => {
  const { RECONCILE_INTERVAL_HOURS: hours, RECONCILE_DAYS: days } = config;
  if (hours > 0) await reconcileIfDue(hours, { days });
});
