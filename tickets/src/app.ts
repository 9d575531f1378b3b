import { createService } from '@ticketing/common';
import { config } from './config';
import { listeners } from './events/listeners';
import { publishers } from './events/publishers';
import { Ticket } from './models/ticket';
import { natsWrapper } from './nats-wrapper';
import { indexTicketsRouter } from './routes/index';
import { createTicketRouter } from './routes/new';
import { showTicketRouter } from './routes/show';
import { updateTicketRouter } from './routes/update';
import { withdrawalRouter } from './routes/withdrawal';

export const service = createService({
  name: 'tickets',
  config,
  natsWrapper,
  routes: [indexTicketsRouter, showTicketRouter, createTicketRouter, updateTicketRouter, withdrawalRouter],
  aggregates: [Ticket],
  publishers,
  listeners,
});

export const { app } = service;
