import { correlationId, Listener, Subjects, type Message, type OrderCreatedEvent } from '@ticketing/common';
import { schedule } from '../../queues/expiration-queue';
import { redisDeadLetters } from './dead-letters';
import { queueGroupName } from './queue-group-name';

/** A new order starts its clock; acknowledged when Redis holds it. */
export class OrderCreatedListener extends Listener<OrderCreatedEvent> {
  readonly subject = Subjects.OrderCreated;
  readonly queueGroupName = queueGroupName;
  protected override readonly deadLetters = redisDeadLetters;

  async onMessage({ id, expiresAt }: OrderCreatedEvent['data'], msg: Message) {
    const delay = Math.max(0, new Date(expiresAt).getTime() - Date.now());
    await schedule({ orderId: id, correlationId: correlationId() }, delay);
    msg.ack();
  }
}
