import { Listener, Subjects, type Message, type PaymentRefundedEvent } from '@ticketing/common';
import { undoSale } from '../../commands/refund-order';
import { queueGroupName } from './queue-group-name';

/** A payment's money has gone back: after a cancellation, or by a refund in Stripe's dashboard. */
export class PaymentRefundedListener extends Listener<PaymentRefundedEvent> {
  readonly subject = Subjects.PaymentRefunded;
  readonly queueGroupName = queueGroupName;

  async onMessage({ id, orderId }: PaymentRefundedEvent['data'], msg: Message) {
    await undoSale(orderId, id);
    msg.ack();
  }
}
