import { Publisher, Subjects, type OrderAwaitingPaymentEvent } from '@ticketing/common';

export class OrderAwaitingPaymentPublisher extends Publisher<OrderAwaitingPaymentEvent> {
  readonly subject = Subjects.OrderAwaitingPayment;
}
