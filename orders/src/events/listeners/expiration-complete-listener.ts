import { Listener, Subjects, type ExpirationCompleteEvent, type Message } from '@ticketing/common';
import { expireOrder } from '../../commands/expire-order';
import { queueGroupName } from './queue-group-name';

/** The clock says that an order may be overdue; this service decides. */
export class ExpirationCompleteListener extends Listener<ExpirationCompleteEvent> {
  readonly subject = Subjects.ExpirationComplete;
  readonly queueGroupName = queueGroupName;

  async onMessage({ orderId }: ExpirationCompleteEvent['data'], msg: Message) {
    await expireOrder(orderId);
    msg.ack();
  }
}
