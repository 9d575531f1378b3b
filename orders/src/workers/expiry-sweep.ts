import { expireOrders, expiries, findExpiries } from '../commands/expire-order';

/** The clock's safety net: without Redis, or with a lost job, an order still ends within seconds. */
export const expirySweep = expiries.worker('expiry-sweep', { find: findExpiries, handle: expireOrders });
