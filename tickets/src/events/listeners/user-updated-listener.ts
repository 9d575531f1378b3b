import { Listener, Subjects, type Message, type UserUpdatedEvent } from '@ticketing/common';
import { User } from '../../models/user';
import { queueGroupName } from './queue-group-name';

export class UserUpdatedListener extends Listener<UserUpdatedEvent> {
  readonly subject = Subjects.UserUpdated;
  readonly queueGroupName = queueGroupName;

  async onMessage(data: UserUpdatedEvent['data'], msg: Message) {
    await User.project(data);
    msg.ack();
  }
}
