import { Listener, Subjects, type Message, type OrderCancelledEvent } from '@ticketing/common';
import { releaseTicket } from '../../commands/release-ticket';
import { queueGroupName } from './queue-group-name';

/** A cancelled order unlocks its ticket. */
export class OrderCancelledListener extends Listener<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCancelledEvent['data'], msg: Message) {
    await releaseTicket(data.ticket.id, data.id);
    msg.ack();
  }

  protected override key({ ticket }: OrderCancelledEvent['data']) {
    return ticket.id;
  }
}
