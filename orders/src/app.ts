import { createService } from '@ticketing/common';
import { config } from './config';
import { listeners } from './events/listeners';
import { publishers } from './events/publishers';
import { Order } from './models/order';
import { natsWrapper } from './nats-wrapper';
import { deleteOrderRouter } from './routes/delete';
import { indexOrderRouter } from './routes/index';
import { newOrderRouter } from './routes/new';
import { refundOrderRouter } from './routes/refund';
import { showOrderRouter } from './routes/show';
import { expirySweep } from './workers/expiry-sweep';

export const service = createService({
  name: 'orders',
  config,
  natsWrapper,
  routes: [newOrderRouter, indexOrderRouter, showOrderRouter, deleteOrderRouter, refundOrderRouter],
  aggregates: [Order],
  publishers,
  listeners,
  workers: [expirySweep],
});

export const { app } = service;
