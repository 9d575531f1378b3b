import { groupBy } from 'es-toolkit';
import Stripe from 'stripe';

/** A charge that took money, as Stripe has it. */
export interface ChargeRecord {
  id: string;
  /** Minor units. */
  amount: number;
  /** As the payments service has named them in the charge's or its intent's metadata. */
  orderId?: string;
  paymentId?: string;
  refunds: { id: string; /** Minor units. */ amount: number }[];
}

/** Where Stripe's books are read: the sandbox by its address, Stripe itself by a secret key. */
export type StripeSource = { sandboxUrl: string } | { key: string };

const clientOf = (source: StripeSource): Stripe => {
  if ('key' in source) return new Stripe(source.key, { telemetry: false });
  const { hostname: host, port, protocol } = new URL(source.sandboxUrl);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return new Stripe('sk_test_sandbox', {
    host,
    port: port || (scheme === 'https' ? 443 : 80),
    protocol: scheme,
    telemetry: false,
  });
};

const PAGE = 100;

const idOfReference = (reference: string | { id: string } | null | undefined): string | undefined =>
  typeof reference === 'string' ? reference : reference?.id;

/** The charges that took money and their refunds. */
export const readCharges = async (source: StripeSource): Promise<ChargeRecord[]> => {
  const stripe = clientOf(source);
  const charges: Stripe.Charge[] = [];
  const refunds: Stripe.Refund[] = [];
  for await (const charge of stripe.charges.list({ limit: PAGE })) charges.push(charge);
  for await (const refund of stripe.refunds.list({ limit: PAGE })) refunds.push(refund);
  const refundsOf = groupBy(
    refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled'),
    ({ charge }) => idOfReference(charge) ?? '',
  );
  return charges
    .filter(({ paid }) => paid)
    .map(({ id, amount, metadata }) => ({
      id,
      amount,
      orderId: metadata.orderId,
      paymentId: metadata.paymentId,
      refunds: (refundsOf[id] ?? []).map((refund) => ({ id: refund.id, amount: refund.amount })),
    }));
};
