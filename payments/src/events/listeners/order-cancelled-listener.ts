import { Listener, OrderStatus, Subjects, type Message, type OrderCancelledEvent } from '@ticketing/common';
import { Order } from '../../models/order';
import { refundOrder } from '../../services/settle';
import { queueGroupName } from './queue-group-name';

/** A cancelled order is not paid any more, and what was paid for it goes back. */
export class OrderCancelledListener extends Listener<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCancelledEvent['data'], msg: Message) {
    await Order.follow(data, (order) => order.set({ status: OrderStatus.Cancelled }));
    await refundOrder(data.id);
    msg.ack();
  }
}
