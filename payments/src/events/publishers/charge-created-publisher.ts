import { Publisher, Subjects, type ChargeCreatedEvent } from '@ticketing/common';

export class ChargeCreatedPublisher extends Publisher<ChargeCreatedEvent> {
  readonly subject = Subjects.ChargeCreated;
}
