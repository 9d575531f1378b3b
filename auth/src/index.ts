import { runService } from '@ticketing/common';
import { app } from './app';
import { configSchema } from './config';
import { relay } from './events/relay';
import { natsWrapper } from './nats-wrapper';

void runService({ name: 'auth', app, configSchema, natsWrapper, relay });
