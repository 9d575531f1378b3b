import { NatsWrapper } from '@ticketing/common';

export const natsWrapper = new NatsWrapper();
