import { Listener, Subjects, type PaymentFailedEvent, type Message } from '@ticketing/common';
import { cancelUnpaidOrder } from '../../commands/cancel-order';
import { queueGroupName } from './queue-group-name';

/** A card was declined: the order can be paid with another, or the ticket goes back on sale. */
export class PaymentFailedListener extends Listener<PaymentFailedEvent> {
  readonly subject = Subjects.PaymentFailed;
  readonly queueGroupName = queueGroupName;

  async onMessage({ orderId, attemptsLeft }: PaymentFailedEvent['data'], msg: Message) {
    if (!attemptsLeft) await cancelUnpaidOrder(orderId);
    msg.ack();
  }
}
