import { findUnsettled, resumePayments } from '../commands/resume-payments';
import { unsettled } from '../commands/settle-payment';

/** Ends what a crash or an unreachable Stripe left open: outcomes, refunds that are due, intents that were paid. */
export const settlement = unsettled.worker('settlement', { find: findUnsettled, handle: resumePayments });
