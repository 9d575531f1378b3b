import { runService } from '@ticketing/common';
import { app } from './app';
import { configSchema } from './config';
import { listeners } from './events/listeners';
import { relay } from './events/relay';
import { natsWrapper } from './nats-wrapper';
import { settlement } from './workers/settlement';

void runService({
  name: 'payments',
  app,
  configSchema,
  natsWrapper,
  relay,
  listeners,
  workers: [settlement],
});
