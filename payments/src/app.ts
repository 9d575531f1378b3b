import { createApp } from '@ticketing/common';
import { indexPaymentRouter } from './routes/index';
import { createPaymentRouter } from './routes/new';

export const app = createApp([createPaymentRouter, indexPaymentRouter]);
