'use client';

import type { Payment } from '@ticketing/common/api';
import dynamic from 'next/dynamic';
import type { PaymentAttempt } from './use-payment';
import { ErrorSummary } from '@/shared/form/error-summary';
import { Money } from '@/shared/locale/locale';
import { SandboxForm } from './sandbox-form';

const StripeForm = dynamic(() => import('./stripe-form').then((module) => module.StripeForm), {
  ssr: false,
  loading: () => <p className="text-body-secondary">Loading the card form…</p>,
});

interface PaymentPanelProps {
  orderId: string;
  price: number;
  publishableKey?: string;
  attempt: PaymentAttempt;
  /** The card that was declined, where another may be tried. */
  declined?: Payment;
  /** A payment that was begun, and that the buyer may go on with. */
  unfinished?: Payment;
}

/** How often a card may still be tried, as far as that is known. */
const attempts = ({ attemptsLeft }: Payment) => {
  if (attemptsLeft === undefined) return '.';
  return attemptsLeft === 1 ? ': one attempt is left.' : `: ${attemptsLeft} attempts are left.`;
};

export const PaymentPanel = ({
  orderId,
  price,
  publishableKey,
  attempt,
  declined,
  unfinished,
}: PaymentPanelProps) => {
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
          You weren’t charged. You can try another card{attempts(declined)}
        </p>
      )}
      {unfinished && !busy && problems.length === 0 && (
        <p className="alert alert-warning">
          You’ve begun to pay, and haven’t finished. If your bank is still asking you to confirm, you can do
          that, or pay here again. You’re charged once at most.
        </p>
      )}
      {publishableKey ? (
        <>
          <StripeForm publishableKey={publishableKey} orderId={orderId} price={price} busy={busy} onPay={pay}>
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
