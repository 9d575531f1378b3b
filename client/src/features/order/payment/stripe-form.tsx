'use client';

import { CardElement, Elements, useElements, useStripe } from '@stripe/react-stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ApiError } from '@/shared/api/errors';
import { SubmitButton } from '@/shared/form/submit-button';
import styles from './card.module.css';

interface StripeFormProps {
  publishableKey: string;
  busy: boolean;
  onPay: (token: () => Promise<string>) => void;
  children: ReactNode;
}

const cardStyle = (dark: boolean) => ({
  base: {
    fontSize: '18px',
    color: dark ? '#f4f1fb' : '#1c1830',
    '::placeholder': { color: dark ? '#a9a2c0' : '#6b6580' },
  },
  invalid: { color: dark ? '#ff9d9d' : '#b3261e' },
});

const CardForm = ({ busy, onPay, children }: Omit<StripeFormProps, 'publishableKey'>) => {
  const stripe = useStripe();
  const elements = useElements();
  const [problem, setProblem] = useState<string>();
  const [dark] = useState(() => window.matchMedia('(prefers-color-scheme: dark)').matches);

  const tokenOf = async () => {
    const card = elements?.getElement(CardElement);
    if (!stripe || !card)
      throw new ApiError(400, [{ message: 'The card form is still loading. Try again in a moment.' }]);
    const { token, error } = await stripe.createToken(card);
    if (token) return token.id;
    throw new ApiError(400, [
      { message: error?.message ?? 'We couldn’t read your card details. Check them and try again.' },
    ]);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onPay(tokenOf);
  };

  return (
    <form method="post" onSubmit={onSubmit} noValidate>
      <p className="form-label" id="card-label">
        Card
      </p>
      <div className={styles.card} role="group" aria-labelledby="card-label">
        <CardElement
          options={{ style: cardStyle(dark), disabled: busy }}
          onChange={({ error }) => setProblem(error?.message)}
        />
      </div>
      <p className="mt-2 fw-semibold text-danger-emphasis" role="alert">
        {problem}
      </p>
      <SubmitButton busy={busy || !stripe} busyLabel={stripe ? 'Paying…' : 'Loading…'}>
        {children}
      </SubmitButton>
    </form>
  );
};

/** Stripe's own card field: the card's number goes to Stripe and never to this shop. */
export const StripeForm = ({ publishableKey, ...form }: StripeFormProps) => {
  const [failed, setFailed] = useState(false);
  const [stripe] = useState(() =>
    loadStripe(publishableKey).catch(() => {
      setFailed(true);
      return null;
    }),
  );
  if (failed)
    return (
      <p className="alert alert-danger" role="alert">
        The card form couldn’t be loaded. Check your connection, turn off any script blocker, and reload the
        page.
      </p>
    );
  return (
    <Elements stripe={stripe}>
      <CardForm {...form} />
    </Elements>
  );
};
