import { Listener, Subjects, type Message, type OrderCreatedEvent } from '@ticketing/common';
import { scheduleExpiration } from '../../commands/schedule-expiration';
import { queueGroupName } from './queue-group-name';

/** A new order starts its clock; acknowledged when Redis holds it. */
export class OrderCreatedListener extends Listener<OrderCreatedEvent> {
  readonly subject = Subjects.OrderCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage({ id, expiresAt }: OrderCreatedEvent['data'], msg: Message) {
    await scheduleExpiration(id, new Date(expiresAt));
    msg.ack();
  }
}
