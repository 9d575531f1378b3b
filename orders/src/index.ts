import { runService } from '@ticketing/common';
import { app } from './app';
import { configSchema } from './config';
import { listeners } from './events/listeners';
import { relay } from './events/relay';
import { natsWrapper } from './nats-wrapper';
import { expirySweep } from './workers/expiry-sweep';

void runService({ name: 'orders', app, configSchema, natsWrapper, relay, listeners, workers: [expirySweep] });
