import {
  Listener,
  logger,
  OrderStatus,
  Subjects,
  type Message,
  type OrderCancelledEvent,
} from '@ticketing/common';
import { refundOrder } from '../../commands/refund-order';
import { isOfStripe } from '../../commands/stripe-outcome';
import { Order } from '../../models/order';
import { queueGroupName } from './queue-group-name';

/** A cancelled order cannot be paid, and what was paid for it is refunded. */
export class OrderCancelledListener extends Listener<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: OrderCancelledEvent['data'], msg: Message) {
    await Order.applyEvent(data, { status: OrderStatus.Cancelled });
    await refundOrder(data.id).catch((error: unknown) => {
      if (!isOfStripe(error)) throw error;
      // That the money is owed is stored by now: the settlement worker asks Stripe until it has gone back.
      logger.warn({ err: error, orderId: data.id }, 'Stripe has not refunded yet; asking again later');
    });
    msg.ack();
  }
}
