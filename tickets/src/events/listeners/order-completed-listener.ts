import { Listener, Subjects, type Message, type OrderCompletedEvent } from '@ticketing/common';
import { queueGroupName } from './queue-group-name';
import { changeTicket } from './change-ticket';

/** A completed order has bought its ticket. */
export class OrderCompletedListener extends Listener<OrderCompletedEvent> {
  readonly subject = Subjects.OrderCompleted;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCompletedEvent['data'], msg: Message) {
    await changeTicket(data.ticket.id, (ticket) => ticket.sell(data.id));
    msg.ack();
  }

  protected override key({ ticket }: OrderCompletedEvent['data']) {
    return ticket.id;
  }
}
