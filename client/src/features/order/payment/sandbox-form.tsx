'use client';

import type { FormEvent, ReactNode } from 'react';
import { textOf } from '@/shared/form/form-state';
import { SubmitButton } from '@/shared/form/submit-button';
import { returnPath } from './pay-by-intent';
import { confirmAtSandbox, SANDBOX_PATH } from './sandbox';
import styles from './sandbox-form.module.css';
import type { Card } from './use-payment';

const accepted = { method: 'pm_card_visa', label: 'Visa ending 4242', outcome: 'Succeeds' };
const cards = [
  accepted,
  {
    method: 'pm_card_authenticationRequired',
    label: 'Visa ending 3184',
    outcome: 'Asks you to confirm first (3-D Secure), then succeeds',
  },
  {
    method: 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    label: 'Visa ending 8341',
    outcome: 'Asks you to confirm first, then is declined',
  },
  { method: 'pm_card_chargeDeclined', label: 'Visa ending 0002', outcome: 'Declined' },
  {
    method: 'pm_card_chargeDeclinedInsufficientFunds',
    label: 'Visa ending 9995',
    outcome: 'Declined: insufficient funds',
  },
  { method: 'pm_card_slow', label: 'Visa ending 3220', outcome: 'Succeeds after a delay' },
];

interface SandboxFormProps {
  orderId: string;
  busy: boolean;
  onPay: (card: Card) => void;
  /** Pays without the page's script. */
  action: (form: FormData) => void;
  children: ReactNode;
}

/** Stands in for Stripe's card form where no Stripe key is set: test cards, and no money. */
export const SandboxForm = ({ orderId, busy, onPay, action, children }: SandboxFormProps) => {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const method = textOf(new FormData(event.currentTarget), 'method');
    const returnUrl = new URL(returnPath(orderId), window.location.origin).href;
    onPay({ confirm: confirmAtSandbox({ sandbox: SANDBOX_PATH, method, returnUrl }) });
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
          <label className={styles.card} key={card.method}>
            <input
              className="form-check-input"
              type="radio"
              name="method"
              value={card.method}
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
