import {
  BadRequestError,
  logger,
  PaymentDeclinedError,
  ServiceUnavailableError,
  type Worker,
} from '@ticketing/common';
import { Payment, PaymentStatus } from '../models/payment';
import { resume } from '../services/settle';

const SWEEP_MS = 2_000;
/** A younger payment is in the hands of the request that opened it, in milliseconds. */
const SETTLING_MS = 10_000;
const SWEEP_LIMIT = 50;

/** The outcome is recorded and logged by `settle`; here nobody waits for it. */
const isOutcome = (error: unknown): boolean =>
  error instanceof PaymentDeclinedError ||
  error instanceof BadRequestError ||
  error instanceof ServiceUnavailableError;

const sweep = async (before: Date): Promise<void> => {
  const unsettled = await Payment.find({
    status: { $in: [PaymentStatus.Pending, PaymentStatus.Refunding] },
    createdAt: { $lte: before },
  })
    .sort({ createdAt: 1 })
    .limit(SWEEP_LIMIT);
  for (const payment of unsettled) {
    await resume(payment).catch((error: unknown) => {
      if (!isOutcome(error)) logger.warn({ err: error, paymentId: payment.id }, 'payment not settled yet');
    });
  }
};

let timer: NodeJS.Timeout | undefined;
let sweeping: Promise<void> | undefined;

const run = (settlingMs: number): void => {
  sweeping ??= sweep(new Date(Date.now() - settlingMs))
    .catch((error: unknown) => logger.warn({ err: error }, 'settlement failed; it is repeated'))
    .finally(() => {
      sweeping = undefined;
    });
};

/** Ends what a crash or an unreachable Stripe left open: charges without an outcome, refunds owed. */
export const settlement: Worker = {
  name: 'settlement',
  start() {
    timer = setInterval(() => run(SETTLING_MS), SWEEP_MS);
    run(0);
  },
  async stop() {
    clearInterval(timer);
    await sweeping;
  },
};
