import {
  Listener,
  OrderStatus,
  Subjects,
  type Message,
  type OrderAwaitingPaymentEvent,
} from '@ticketing/common';
import { Order } from '../../models/order';
import { queueGroupName } from './queue-group-name';

/** The order knows of its charge. */
export class OrderAwaitingPaymentListener extends Listener<OrderAwaitingPaymentEvent> {
  readonly subject = Subjects.OrderAwaitingPayment;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderAwaitingPaymentEvent['data'], msg: Message) {
    await Order.follow(data, (order) => order.set({ status: OrderStatus.AwaitingPayment }));
    msg.ack();
  }
}
