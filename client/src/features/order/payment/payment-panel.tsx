'use client';

import type { Payment } from '@ticketing/common/api';
import dynamic from 'next/dynamic';
import type { PaymentAttempt } from './use-payment';
import { ErrorSummary } from '@/shared/form/error-summary';
import { Money } from '@/shared/locale/locale';
import styles from './card.module.css';
import { SandboxForm } from './sandbox-form';

const StripeForm = dynamic(() => import('./stripe-form').then((module) => module.StripeForm), {
  ssr: false,
  loading: () => <div className={`${styles.card} text-body-secondary`}>Loading the card form…</div>,
});

interface PaymentPanelProps {
  orderId: string;
  price: number;
  publishableKey?: string;
  attempt: PaymentAttempt;
  /** The card that was declined, where another may be tried. */
  declined?: Payment;
}

export const PaymentPanel = ({ orderId, price, publishableKey, attempt, declined }: PaymentPanelProps) => {
  const { busy, problems, pay, post } = attempt;
  const label = (
    <>
      Pay <Money amount={price} />
    </>
  );
  return (
    <section aria-labelledby="pay-title">
      <h2 className="fs-4 mb-3" id="pay-title">
        Payment
      </h2>
      <ErrorSummary problems={problems} title="Your payment didn’t go through" />
      {declined && !busy && (
        <p className="alert alert-warning">
          {problems.length === 0 && `${declined.message ?? 'Your card was declined.'} `}
          You weren’t charged. You can try another card:{' '}
          {declined.attemptsLeft === 1 ? 'one attempt is' : `${declined.attemptsLeft} attempts are`} left.
        </p>
      )}
      {publishableKey ? (
        <>
          <StripeForm publishableKey={publishableKey} busy={busy} onPay={pay}>
            {label}
          </StripeForm>
          <noscript>
            <p className="alert alert-warning mt-3">
              Your card’s number goes to Stripe alone, which needs JavaScript. Turn it on to pay.
            </p>
          </noscript>
        </>
      ) : (
        <SandboxForm orderId={orderId} busy={busy} onPay={pay} action={post}>
          {label}
        </SandboxForm>
      )}
    </section>
  );
};
