import type { Difference } from './reconcile-differences';
import type { ReconcileReport } from './reconcile';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const lineOf = (how: string, { subject, paymentId, message }: Difference): string =>
  `  ${how.padEnd(9)} ${subject}${paymentId ? ` (payment ${paymentId})` : ''}: ${message}`;

/** How many findings a person has to look at. */
export const openFindings = ({ remaining, attention }: ReconcileReport): number =>
  remaining.length + attention.payments.length + attention.events.length;

/** The report as text, a line for each finding; amounts in minor units. */
export const reportText = (report: ReconcileReport): string => {
  const { since, compared, repaired, remaining, retried, attention } = report;
  const { charges, intents, refunds, disputes, payments } = compared;
  const stripes = [
    counted(charges, 'charge'),
    counted(intents, 'intent'),
    counted(refunds, 'refund'),
    counted(disputes, 'dispute'),
  ];
  const open = openFindings(report);
  return [
    `Since ${since.toISOString()}: ${stripes.join(', ')} at Stripe, ${counted(payments, 'payment')} here.`,
    ...repaired.map((one) => lineOf('repaired', one)),
    ...remaining.map((one) => lineOf('differs', one)),
    ...retried.map((id) => `  again     payment ${id} is tried again within a minute`),
    ...attention.payments.map((id) => `  attention payment ${id} was given up after many tries`),
    ...attention.events.map((id) => `  attention Stripe event ${id} was given up after many tries`),
    open === 0
      ? `Stripe and the payments agree${repaired.length > 0 ? ' now' : ''}.`
      : `${counted(open, 'finding')} to look at.`,
  ].join('\n');
};
