import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import type { z } from 'zod';
import { newId, now, nulls } from './objects';
import type { intentParameters } from './parameters';
import type { Decline } from './tokens';

/** An intent as Stripe shows it: nothing has been tried yet. */
export const buildIntent = (details: z.output<typeof intentParameters>): Stripe.PaymentIntent => {
  const id = newId('pi');
  return {
    ...nulls('application application_fee_amount canceled_at cancellation_reason'),
    ...nulls('customer customer_account excluded_payment_method_types last_payment_error latest_charge'),
    ...nulls('managed_payments next_action on_behalf_of payment_method payment_method_configuration_details'),
    ...nulls('payment_record processing review setup_future_usage shipping source transfer_data'),
    ...details,
    id,
    object: 'payment_intent',
    amount_capturable: 0,
    amount_details: {},
    amount_received: 0,
    capture_method: 'automatic',
    client_secret: `${id}_secret_${randomBytes(12).toString('hex')}`,
    confirmation_method: 'automatic',
    created: now(),
    livemode: false,
    payment_method_options: {},
    payment_method_types: ['card'],
    status: 'requires_payment_method',
  };
};

/** Why the last attempt failed. */
export const paymentError = (
  { code, declineCode, message }: Decline,
  charge?: string,
): Stripe.PaymentIntent.LastPaymentError => ({
  type: 'card_error',
  code,
  message,
  ...(declineCode && { decline_code: declineCode }),
  ...(charge && { charge }),
});
