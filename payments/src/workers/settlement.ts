import { findUnsettled, resumePayments, unsettled } from '../commands/settle-payment';

/** Ends what a crash or an unreachable Stripe left open: charges without an outcome, refunds that are due. */
export const settlement = unsettled.worker('settlement', { find: findUnsettled, handle: resumePayments });
