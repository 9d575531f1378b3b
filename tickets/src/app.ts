import { createApp } from '@ticketing/common';
import { indexTicketsRouter } from './routes/index';
import { createTicketRouter } from './routes/new';
import { showTicketRouter } from './routes/show';
import { updateTicketRouter } from './routes/update';

export const app = createApp([indexTicketsRouter, showTicketRouter, createTicketRouter, updateTicketRouter]);
