import { Listener, Subjects, type PaymentCreatedEvent, type Message } from '@ticketing/common';
import { completeOrder } from '../../commands/complete-order';
import { queueGroupName } from './queue-group-name';

/** The order is paid; one that was cancelled before stays cancelled, and payments refunds. */
export class PaymentCreatedListener extends Listener<PaymentCreatedEvent> {
  readonly subject = Subjects.PaymentCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage({ id, orderId }: PaymentCreatedEvent['data'], msg: Message) {
    await completeOrder(orderId, id);
    msg.ack();
  }
}
