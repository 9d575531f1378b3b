import { randomBytes } from 'node:crypto';

export type Prefix = 'ch' | 're' | 'card' | 'txn' | 'req';

export const newId = (prefix: Prefix): string => `${prefix}_${randomBytes(12).toString('hex')}`;

/** Stripe counts time in whole seconds. */
export const now = (): number => Math.floor(Date.now() / 1000);
