import { TicketCreatedPublisher } from './ticket-created-publisher';
import { TicketUpdatedPublisher } from './ticket-updated-publisher';

/** All that this service publishes: an aggregate that raises anything else does not compile (see `app.ts`). */
export const publishers = [TicketCreatedPublisher, TicketUpdatedPublisher] as const;
