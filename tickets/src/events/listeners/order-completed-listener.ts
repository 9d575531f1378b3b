import { Listener, Subjects, type Message, type OrderCompletedEvent } from '@ticketing/common';
import { sellTicket } from '../../commands/sell-ticket';
import { queueGroupName } from './queue-group-name';

/** A completed order has bought its ticket. */
export class OrderCompletedListener extends Listener<OrderCompletedEvent> {
  readonly subject = Subjects.OrderCompleted;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCompletedEvent['data'], msg: Message) {
    await sellTicket(data.ticket.id, data.id);
    msg.ack();
  }

  protected override key({ ticket }: OrderCompletedEvent['data']) {
    return ticket.id;
  }
}
