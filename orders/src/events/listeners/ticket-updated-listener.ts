import { Listener, Subjects, type TicketUpdatedEvent, type Message } from '@ticketing/common';
import { Ticket } from '../../models/ticket';
import { queueGroupName } from './queue-group-name';

/** A ticket has another title, price or state. */
export class TicketUpdatedListener extends Listener<TicketUpdatedEvent> {
  readonly subject = Subjects.TicketUpdated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: TicketUpdatedEvent['data'], msg: Message) {
    await Ticket.project(data);
    msg.ack();
  }
}
