import { Publisher, Subjects, type OrderCancelledEvent } from '@ticketing/common';

export class OrderCancelledPublisher extends Publisher<OrderCancelledEvent> {
  readonly subject = Subjects.OrderCancelled;
}
