import { Listener, Subjects, type Message, type OrderCreatedEvent } from '@ticketing/common';
import { queueGroupName } from './queue-group-name';
import { changeTicket } from './change-ticket';

/** An order locks its ticket. */
export class OrderCreatedListener extends Listener<OrderCreatedEvent> {
  readonly subject = Subjects.OrderCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCreatedEvent['data'], msg: Message) {
    await changeTicket(data.ticket.id, (ticket) => ticket.reserve(data.id));
    msg.ack();
  }

  protected override key({ ticket }: OrderCreatedEvent['data']) {
    return ticket.id;
  }
}
