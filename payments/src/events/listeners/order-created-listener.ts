import { Listener, Subjects, type Message, type OrderCreatedEvent } from '@ticketing/common';
import { Order } from '../../models/order';
import { queueGroupName } from './queue-group-name';

/** An order that can be paid, at its own price. */
export class OrderCreatedListener extends Listener<OrderCreatedEvent> {
  readonly subject = Subjects.OrderCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCreatedEvent['data'], msg: Message) {
    const { userId, ticket, status, expiresAt, paymentAttempts } = data;
    await Order.applyEvent(data, { userId, price: ticket.price, status, expiresAt, paymentAttempts });
    msg.ack();
  }
}
