import { Publisher, Subjects, type SessionRevokedEvent } from '@ticketing/common';

export class SessionRevokedPublisher extends Publisher<SessionRevokedEvent> {
  readonly subject = Subjects.SessionRevoked;
}
