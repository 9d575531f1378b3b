import { Publisher, Subjects, type PaymentRefundedEvent } from '@ticketing/common';

export class PaymentRefundedPublisher extends Publisher<PaymentRefundedEvent> {
  readonly subject = Subjects.PaymentRefunded;
}
