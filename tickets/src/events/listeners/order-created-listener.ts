import { Listener, Subjects, type Message, type OrderCreatedEvent } from '@ticketing/common';
import { reserveTicket } from '../../commands/reserve-ticket';
import { queueGroupName } from './queue-group-name';

/** An order locks its ticket. */
export class OrderCreatedListener extends Listener<OrderCreatedEvent> {
  readonly subject = Subjects.OrderCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCreatedEvent['data'], msg: Message) {
    await reserveTicket(data.ticket.id, data.id);
    msg.ack();
  }

  protected override key({ ticket }: OrderCreatedEvent['data']) {
    return ticket.id;
  }
}
