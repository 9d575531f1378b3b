import { createService, readinessOf } from '@ticketing/common';
import { countNeedingAttention } from './commands/resume-payments';
import { config } from './config';
import { listeners } from './events/listeners';
import { publishers } from './events/publishers';
import { Payment } from './models/payment';
import { natsWrapper } from './nats-wrapper';
import { indexPaymentRouter } from './routes/index';
import { openIntentRouter } from './routes/intents';
import { refreshIntentRouter } from './routes/intents-refresh';
import { createPaymentRouter } from './routes/new';
import { payoutsRouter } from './routes/payouts';
import { webhookRouter } from './routes/webhook';
import { reconciliation } from './workers/reconciliation';
import { settlement } from './workers/settlement';
import { stripeEvents } from './workers/stripe-events';

export const service = createService({
  name: 'payments',
  config,
  natsWrapper,
  rawRoutes: [webhookRouter],
  routes: [createPaymentRouter, indexPaymentRouter, openIntentRouter, refreshIntentRouter, payoutsRouter],
  aggregates: [Payment],
  publishers,
  listeners,
  workers: [settlement, stripeEvents, reconciliation],
});

export const { app } = service;

readinessOf(app).report('needsAttention', countNeedingAttention);
