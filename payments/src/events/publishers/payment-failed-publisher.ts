import { Publisher, Subjects, type PaymentFailedEvent } from '@ticketing/common';

export class PaymentFailedPublisher extends Publisher<PaymentFailedEvent> {
  readonly subject = Subjects.PaymentFailed;
}
