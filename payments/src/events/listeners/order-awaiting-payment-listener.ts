import {
  Listener,
  OrderStatus,
  Subjects,
  type Message,
  type OrderAwaitingPaymentEvent,
} from '@ticketing/common';
import { Order } from '../../models/order';
import { queueGroupName } from './queue-group-name';

/** The order has noted its charge, which may have extended the hold. */
export class OrderAwaitingPaymentListener extends Listener<OrderAwaitingPaymentEvent> {
  readonly subject = Subjects.OrderAwaitingPayment;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderAwaitingPaymentEvent['data'], msg: Message) {
    const { expiresAt } = data;
    await Order.applyEvent(data, { status: OrderStatus.AwaitingPayment, expiresAt });
    msg.ack();
  }
}
