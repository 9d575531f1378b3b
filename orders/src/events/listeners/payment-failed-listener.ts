import { Listener, Subjects, type PaymentFailedEvent, type Message } from '@ticketing/common';
import { cancelUnpaidOrder } from '../../commands/cancel-order';
import { queueGroupName } from './queue-group-name';

/** The payment failed for good; the ticket goes back on sale. */
export class PaymentFailedListener extends Listener<PaymentFailedEvent> {
  readonly subject = Subjects.PaymentFailed;
  readonly queueGroupName = queueGroupName;

  async onMessage({ orderId }: PaymentFailedEvent['data'], msg: Message) {
    await cancelUnpaidOrder(orderId);
    msg.ack();
  }
}
