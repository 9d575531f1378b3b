import { runService } from '@ticketing/common';
import { app } from './app';
import { configSchema } from './config';
import { listeners } from './events/listeners';
import { relay } from './events/relay';
import { natsWrapper } from './nats-wrapper';

void runService({ name: 'tickets', app, configSchema, natsWrapper, relay, listeners });
