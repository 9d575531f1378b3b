export { audit, auditBooks, invariants, type Finding } from './audit';
export { readBooks, type Books, type Sources } from './books';
export { runAudit } from './cli';
export { runDeadLetters } from './dead-letters/cli';
export { Databases, idOf, OWNERS, type OrderRecord, type Owner, type PaymentRecord } from './databases';
export type { Invariant, Violation } from './invariants/invariant';
export { report } from './report';
export { readCharges, type ChargeRecord, type StripeSource } from './stripe-books';
