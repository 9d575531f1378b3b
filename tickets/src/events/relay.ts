import { Relay } from '@ticketing/common';
import { natsWrapper } from '../nats-wrapper';
import { publishers } from './publishers';

/** Publishes what this service's documents raise. */
export const relay = new Relay(() => natsWrapper.client, publishers);
