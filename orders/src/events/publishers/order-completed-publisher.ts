import { Publisher, Subjects, type OrderCompletedEvent } from '@ticketing/common';

export class OrderCompletedPublisher extends Publisher<OrderCompletedEvent> {
  readonly subject = Subjects.OrderCompleted;
}
