'use client';

import { CURRENCY, toMinorUnits } from '@ticketing/common/limits';
import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import type { Appearance, StripeElements, Stripe, StripeError } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ApiError } from '@/shared/api/errors';
import { SubmitButton } from '@/shared/form/submit-button';
import { returnPath, type Confirm } from './pay-by-intent';
import type { Card } from './use-payment';

interface StripeFormProps {
  publishableKey: string;
  orderId: string;
  /** In major units. */
  price: number;
  busy: boolean;
  onPay: (card: Card) => void;
  children: ReactNode;
}

const UNREADABLE = 'We couldn’t read your card details. Check them and try again.';
const UNLOADED =
  'The card form couldn’t be loaded. Check your connection, turn off any script blocker, and reload the page.';

const appearanceOf = (dark: boolean): Appearance => ({
  theme: dark ? 'night' : 'stripe',
  variables: {
    colorPrimary: dark ? '#b9a9ff' : '#5536e2',
    colorDanger: dark ? '#ff9d9d' : '#b3261e',
    borderRadius: '12px',
    fontSizeBase: '17px',
  },
});

/** Whether the money may have moved, although Stripe.js says that something failed. */
const isUnknown = ({ type }: StripeError) => type === 'api_connection_error' || type === 'api_error';

/** Resolves only while the buyer is on the page: after a success, Stripe.js leads them to the return address. */
const confirmWith =
  (stripe: Stripe, elements: StripeElements, orderId: string): Confirm =>
  async ({ clientSecret }) => {
    const { error } = await stripe.confirmPayment({
      elements,
      clientSecret,
      confirmParams: { return_url: new URL(returnPath(orderId), window.location.origin).href },
    });
    if (isUnknown(error)) throw new ApiError(0, [{ message: error.message ?? UNREADABLE }]);
    // A card that was refused, or whose owner did not agree, leaves its error in the intent.
    const isDeclined = error.type === 'card_error' || Boolean(error.payment_intent?.last_payment_error);
    if (isDeclined || error.code === 'payment_intent_unexpected_state') return { isDeclined };
    throw new ApiError(400, [{ message: error.message ?? UNREADABLE }]);
  };

const CardForm = ({ orderId, busy, onPay, children }: Omit<StripeFormProps, 'publishableKey' | 'price'>) => {
  const stripe = useStripe();
  const elements = useElements();
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || !stripe || !elements) return;
    const check = async () => {
      const { error } = await elements.submit();
      if (error) throw new ApiError(400, [{ message: error.message ?? UNREADABLE }]);
    };
    onPay({ check, confirm: confirmWith(stripe, elements, orderId) });
  };

  if (state === 'failed')
    return (
      <p className="alert alert-danger" role="alert">
        {UNLOADED}
      </p>
    );
  const isLoading = state === 'loading';
  return (
    <form method="post" onSubmit={onSubmit} noValidate>
      <div className="mb-4">
        <PaymentElement onReady={() => setState('ready')} onLoadError={() => setState('failed')} />
      </div>
      <SubmitButton busy={busy || isLoading} busyLabel={isLoading ? 'Loading…' : 'Paying…'}>
        {children}
      </SubmitButton>
    </form>
  );
};

/** Stripe's own form: the card's number goes to Stripe and never to this shop. */
export const StripeForm = ({ publishableKey, price, ...form }: StripeFormProps) => {
  const [failed, setFailed] = useState(false);
  const [dark] = useState(() => window.matchMedia('(prefers-color-scheme: dark)').matches);
  const [stripe] = useState(() =>
    loadStripe(publishableKey).catch(() => {
      setFailed(true);
      return null;
    }),
  );
  if (failed)
    return (
      <p className="alert alert-danger" role="alert">
        {UNLOADED}
      </p>
    );
  return (
    <Elements
      stripe={stripe}
      options={{
        mode: 'payment',
        amount: toMinorUnits(price),
        currency: CURRENCY,
        allowedPaymentMethodTypes: ['card'],
        appearance: appearanceOf(dark),
      }}
    >
      <CardForm {...form} />
    </Elements>
  );
};
