import { Listener, Subjects, type Message, type OrderCancelledEvent } from '@ticketing/common';
import { queueGroupName } from './queue-group-name';
import { changeTicket } from './change-ticket';

/** A cancelled order unlocks its ticket. */
export class OrderCancelledListener extends Listener<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCancelledEvent['data'], msg: Message) {
    await changeTicket(data.ticket.id, (ticket) => ticket.release(data.id));
    msg.ack();
  }

  protected override key({ ticket }: OrderCancelledEvent['data']) {
    return ticket.id;
  }
}
