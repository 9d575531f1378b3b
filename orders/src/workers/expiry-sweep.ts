import { periodic } from '@ticketing/common';
import { expireOverdueOrders } from '../commands/expire-order';

const EVERY_MS = 5_000;

/** The clock's safety net: without Redis, or with a lost job, an order still ends within seconds. */
export const expirySweep = periodic('expiry-sweep', EVERY_MS, expireOverdueOrders);
