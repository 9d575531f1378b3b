import { runService } from '@ticketing/common';
import { app } from './app';
import { configSchema } from './config';
import { listeners } from './events/listeners';
import { natsWrapper } from './nats-wrapper';
import { expirationClock } from './workers/expiration-clock';

void runService({
  name: 'expiration',
  app,
  configSchema,
  natsWrapper,
  listeners,
  workers: [expirationClock],
});
