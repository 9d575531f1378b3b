import { Publisher, Subjects, type UserCreatedEvent } from '@ticketing/common';

export class UserCreatedPublisher extends Publisher<UserCreatedEvent> {
  readonly subject = Subjects.UserCreated;
}
