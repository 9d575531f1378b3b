import { Listener, Subjects, type TicketCreatedEvent, type Message } from '@ticketing/common';
import { Ticket } from '../../models/ticket';
import { queueGroupName } from './queue-group-name';

/** A ticket is on sale. */
export class TicketCreatedListener extends Listener<TicketCreatedEvent> {
  readonly subject = Subjects.TicketCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: TicketCreatedEvent['data'], msg: Message) {
    await Ticket.project(data);
    msg.ack();
  }
}
