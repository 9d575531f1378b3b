import { periodic } from '@ticketing/common';
import { resumePayments } from '../commands/settle-payment';

const EVERY_MS = 10_000;
/** A younger payment is in the hands of the request that recorded it, in milliseconds. */
const SETTLING_MS = 10_000;

/** Ends what a crash or an unreachable Stripe left open: charges without an outcome, refunds that are due. */
export const settlement = periodic('settlement', EVERY_MS, (isFirst) =>
  resumePayments(isFirst ? 0 : SETTLING_MS),
);
