import { Listener, Subjects, type Message, type UserCreatedEvent } from '@ticketing/common';
import { User } from '../../models/user';
import { queueGroupName } from './queue-group-name';

export class UserCreatedListener extends Listener<UserCreatedEvent> {
  readonly subject = Subjects.UserCreated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: UserCreatedEvent['data'], msg: Message) {
    await User.project(data);
    msg.ack();
  }
}
