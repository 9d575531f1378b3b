'use client';

import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { SubmitButton } from '@/shared/form/submit-button';
import styles from './sandbox-form.module.css';

const accepted = { token: 'tok_visa', label: 'Visa ending 4242', outcome: 'Succeeds' };
const cards = [
  accepted,
  { token: 'tok_chargeDeclined', label: 'Visa ending 0002', outcome: 'Declined' },
  {
    token: 'tok_chargeDeclinedInsufficientFunds',
    label: 'Visa ending 9995',
    outcome: 'Declined: insufficient funds',
  },
  { token: 'tok_slow', label: 'Visa ending 3220', outcome: 'Succeeds after a delay' },
];

interface SandboxFormProps {
  busy: boolean;
  onPay: (token: () => Promise<string>) => void;
  children: ReactNode;
}

/** Stands in for the card field where no Stripe key is set: test cards, and no money. */
export const SandboxForm = ({ busy, onPay, children }: SandboxFormProps) => {
  const name = useId();
  const [token, setToken] = useState(accepted.token);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onPay(() => Promise.resolve(token));
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <p className="alert alert-warning">
        <strong>Sandbox.</strong> Stripe isn’t configured, so pay with a test card. No real money is charged.
      </p>
      <fieldset className={styles.cards} disabled={busy}>
        <legend className="form-label fs-6">Test card</legend>
        {cards.map((card) => (
          <label className={styles.card} key={card.token}>
            <input
              className="form-check-input"
              type="radio"
              name={name}
              value={card.token}
              checked={token === card.token}
              onChange={() => setToken(card.token)}
            />
            <span className={styles.label}>{card.label}</span>
            <span className={styles.outcome}>{card.outcome}</span>
          </label>
        ))}
      </fieldset>
      <SubmitButton busy={busy} busyLabel="Paying…">
        {children}
      </SubmitButton>
    </form>
  );
};
