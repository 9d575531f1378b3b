import { Publisher, Subjects, type UserUpdatedEvent } from '@ticketing/common';

export class UserUpdatedPublisher extends Publisher<UserUpdatedEvent> {
  readonly subject = Subjects.UserUpdated;
}
