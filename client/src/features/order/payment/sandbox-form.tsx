'use client';

import type { FormEvent, ReactNode } from 'react';
import { textOf } from '@/shared/form/form-state';
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
  orderId: string;
  busy: boolean;
  onPay: (token: () => Promise<string>) => void;
  /** Pays without the page's script. */
  action: (form: FormData) => void;
  children: ReactNode;
}

/** Stands in for the card field where no Stripe key is set: test cards, and no money. */
export const SandboxForm = ({ orderId, busy, onPay, action, children }: SandboxFormProps) => {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = textOf(new FormData(event.currentTarget), 'token');
    onPay(() => Promise.resolve(token));
  };
  return (
    <form action={action} onSubmit={onSubmit} noValidate>
      <input type="hidden" name="orderId" value={orderId} />
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
              name="token"
              value={card.token}
              defaultChecked={card === accepted}
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
