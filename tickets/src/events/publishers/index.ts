import { TicketCreatedPublisher } from './ticket-created-publisher';
import { TicketUpdatedPublisher } from './ticket-updated-publisher';

/** All that this service may say: raising anything else does not compile. */
export const publishers = [TicketCreatedPublisher, TicketUpdatedPublisher] as const;
