import { insert } from '@ticketing/common';
import { Ticket, type TicketAttrs, type TicketEntity } from '../models/ticket';

/** Puts a ticket on sale. */
export const offerTicket = (attrs: TicketAttrs): Promise<TicketEntity> => insert(Ticket, Ticket.offer(attrs));
