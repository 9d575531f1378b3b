import { Listener, Subjects, type ChargeCreatedEvent, type Message } from '@ticketing/common';
import { awaitPayment } from '../../commands/complete-order';
import { queueGroupName } from './queue-group-name';

/** A charge for the order is in progress. */
export class ChargeCreatedListener extends Listener<ChargeCreatedEvent> {
  readonly subject = Subjects.ChargeCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage({ orderId, meta }: ChargeCreatedEvent['data'], msg: Message) {
    await awaitPayment(orderId, meta ? new Date(meta.occurredAt) : new Date());
    msg.ack();
  }
}
