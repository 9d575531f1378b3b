import { Listener, Subjects, type TicketUpdatedEvent, type Message } from '@ticketing/common';
import { cancelWithdrawnOrder } from '../../commands/cancel-order';
import { Ticket } from '../../models/ticket';
import { queueGroupName } from './queue-group-name';

/** A ticket has another title, price or state; one that is withdrawn ends its order. */
export class TicketUpdatedListener extends Listener<TicketUpdatedEvent> {
  readonly subject = Subjects.TicketUpdated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: TicketUpdatedEvent['data'], msg: Message) {
    await Ticket.project(data);
    if (data.withdrawn) await cancelWithdrawnOrder(data.id, data.version);
    msg.ack();
  }
}
