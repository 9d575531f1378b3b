import { Listener, OrderStatus, Subjects, type Message, type OrderCancelledEvent } from '@ticketing/common';
import { refundOrder } from '../../commands/refund-order';
import { Order } from '../../models/order';
import { queueGroupName } from './queue-group-name';

/** A cancelled order cannot be paid, and what was paid for it is refunded. */
export class OrderCancelledListener extends Listener<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCancelledEvent['data'], msg: Message) {
    await Order.applyEvent(data, { status: OrderStatus.Cancelled });
    await refundOrder(data.id);
    msg.ack();
  }
}
