import { Listener, Subjects, type Message, type OrderCancelledEvent } from '@ticketing/common';
import { releaseTicket } from '../../commands/release-ticket';
import { takeBackTicket } from '../../commands/take-back-ticket';
import { queueGroupName } from './queue-group-name';

/** A cancelled order unlocks its ticket; a refunded one gives it back. */
export class OrderCancelledListener extends Listener<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCancelledEvent['data'], msg: Message) {
    const { id, reason, ticket, withdraw = false } = data;
    if (reason === 'refunded') await takeBackTicket(ticket.id, id, { withdraw });
    else await releaseTicket(ticket.id, id);
    msg.ack();
  }

  protected override key({ ticket }: OrderCancelledEvent['data']) {
    return ticket.id;
  }
}
