import { Listener, OrderStatus, Subjects, type Message, type OrderCompletedEvent } from '@ticketing/common';
import { Order } from '../../models/order';
import { queueGroupName } from './queue-group-name';

/** The order is paid. */
export class OrderCompletedListener extends Listener<OrderCompletedEvent> {
  readonly subject = Subjects.OrderCompleted;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCompletedEvent['data'], msg: Message) {
    await Order.applyEvent(data, { status: OrderStatus.Complete });
    msg.ack();
  }
}
