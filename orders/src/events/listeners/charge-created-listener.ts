import { Listener, Subjects, type ChargeCreatedEvent, type Message } from '@ticketing/common';
import { changeOrder } from '../../models/change-order';
import { queueGroupName } from './queue-group-name';

/** A charge for the order is under way. */
export class ChargeCreatedListener extends Listener<ChargeCreatedEvent> {
  readonly subject = Subjects.ChargeCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage({ orderId }: ChargeCreatedEvent['data'], msg: Message) {
    await changeOrder(orderId, (order) => order.awaitPayment());
    msg.ack();
  }
}
