import { Listener, Subjects, type Message, type OrderCancelledEvent } from '@ticketing/common';
import { expirationQueue } from '../../queues/expiration-queue';
import { redisDeadLetters } from './dead-letters';
import { queueGroupName } from './queue-group-name';

/** A cancelled order needs no clock. One that runs all the same is harmless: orders judges for itself. */
export class OrderCancelledListener extends Listener<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
  readonly queueGroupName = queueGroupName;
  protected override readonly deadLetters = redisDeadLetters;

  async onMessage({ id }: OrderCancelledEvent['data'], msg: Message) {
    const job = await expirationQueue().getJob(id);
    await job?.remove();
    msg.ack();
  }
}
