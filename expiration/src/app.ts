import { createService } from '@ticketing/common';
import { config } from './config';
import { listeners } from './events/listeners';
import { natsWrapper } from './nats-wrapper';
import { redisDeadLetters } from './queues/dead-letters';
import { expirationClock } from './workers/expiration-clock';

/** Only the probes send this service requests. */
export const service = createService({
  name: 'expiration',
  config,
  natsWrapper,
  listeners,
  workers: [expirationClock],
  deadLetters: redisDeadLetters,
});

export const { app } = service;
