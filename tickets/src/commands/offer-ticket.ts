import { Ticket, type TicketAttrs, type TicketDocument } from '../models/ticket';

/** Puts a ticket on sale. */
export const offerTicket = (attrs: TicketAttrs): Promise<TicketDocument> => Ticket.offer(attrs).save();
