import { logger, OrderStatus, type Worker } from '@ticketing/common';
import { expireOrder } from '../models/change-order';
import { Order } from '../models/order';

const SWEEP_MS = 1_000;
/** Orders per sweep; the next one takes the next. */
const SWEEP_LIMIT = 200;

/** Cancels what is overdue. */
const sweep = async (): Promise<void> => {
  const overdue = await Order.find(
    {
      status: { $in: [OrderStatus.Created, OrderStatus.AwaitingPayment] },
      expiresAt: { $lte: new Date() },
    },
    { _id: 1 },
  )
    .sort({ expiresAt: 1 })
    .limit(SWEEP_LIMIT)
    .lean();
  await Promise.all(overdue.map(({ _id }) => expireOrder(String(_id))));
};

let timer: NodeJS.Timeout | undefined;
let sweeping: Promise<void> = Promise.resolve();
let idle = true;

/** The clock's safety net: without Redis, or with a lost job, an order still ends within a second or so. */
export const expirySweep: Worker = {
  name: 'expiry-sweep',
  start() {
    timer = setInterval(() => {
      if (!idle) return;
      idle = false;
      sweeping = sweep()
        .catch((error: unknown) => logger.warn({ err: error }, 'expiry sweep failed; it is repeated'))
        .finally(() => {
          idle = true;
        });
    }, SWEEP_MS);
  },
  async stop() {
    clearInterval(timer);
    await sweeping;
  },
};
