import { Listener, Subjects, type Message, type OrderCancelledEvent } from '@ticketing/common';
import { cancelExpiration } from '../../commands/cancel-expiration';
import { queueGroupName } from './queue-group-name';

/** A cancelled order needs no clock. One that runs all the same is harmless: orders decides for itself. */
export class OrderCancelledListener extends Listener<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
  readonly queueGroupName = queueGroupName;

  async onMessage({ id }: OrderCancelledEvent['data'], msg: Message) {
    await cancelExpiration(id);
    msg.ack();
  }
}
