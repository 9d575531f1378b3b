import { Publisher, Subjects, type TicketUpdatedEvent } from '@ticketing/common';

export class TicketUpdatedPublisher extends Publisher<TicketUpdatedEvent> {
  readonly subject = Subjects.TicketUpdated;
}
