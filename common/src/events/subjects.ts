/** The subjects of the event bus; each has one schema and one type in `events.ts`. */
export enum Subjects {
  UserCreated = 'user:created',
  UserUpdated = 'user:updated',
  SessionRevoked = 'session:revoked',

  TicketCreated = 'ticket:created',
  TicketUpdated = 'ticket:updated',

  OrderCreated = 'order:created',
  OrderAwaitingPayment = 'order:awaiting-payment',
  OrderCompleted = 'order:completed',
  OrderCancelled = 'order:cancelled',
  OrderExpired = 'order:expired',

  ExpirationComplete = 'expiration:complete',

  ChargeCreated = 'charge:created',
  PaymentCreated = 'payment:created',
  PaymentFailed = 'payment:failed',
  PaymentRefunded = 'payment:refunded',
}
