import { Listener, Subjects, type Message, type OrderCreatedEvent } from '@ticketing/common';
import { Order } from '../../models/order';
import { queueGroupName } from './queue-group-name';

/** An order that can be paid, at its own price. */
export class OrderCreatedListener extends Listener<OrderCreatedEvent> {
  readonly subject = Subjects.OrderCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCreatedEvent['data'], msg: Message) {
    const { userId, ticket, status, expiresAt, paymentAttempts, sellerId, fee } = data;
    const { id: ticketId, price } = ticket;
    const terms = { ticketId, sellerId, fee };
    await Order.applyEvent(data, { userId, price, status, expiresAt, paymentAttempts, ...terms });
    msg.ack();
  }
}
