import { correlationId, Listener, Subjects, type Message, type OrderCreatedEvent } from '@ticketing/common';
import { expirationQueue } from '../../queues/expiration-queue';
import { redisDeadLetters } from './dead-letters';
import { queueGroupName } from './queue-group-name';

/** A new order starts its clock; acknowledged when Redis holds it. */
export class OrderCreatedListener extends Listener<OrderCreatedEvent> {
  readonly subject = Subjects.OrderCreated;
  readonly queueGroupName = queueGroupName;
  protected override readonly deadLetters = redisDeadLetters;

  async onMessage({ id, expiresAt }: OrderCreatedEvent['data'], msg: Message) {
    const delay = Math.max(0, new Date(expiresAt).getTime() - Date.now());
    // The order's id is the job's: told twice, the clock still runs once.
    await expirationQueue().add({ orderId: id, correlationId: correlationId() }, { delay, jobId: id });
    msg.ack();
  }
}
