'use client';

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
  price: number;
  publishableKey?: string;
  attempt: PaymentAttempt;
}

export const PaymentPanel = ({ price, publishableKey, attempt }: PaymentPanelProps) => {
  const { busy, problems, pay } = attempt;
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
      {publishableKey ? (
        <StripeForm publishableKey={publishableKey} busy={busy} onPay={pay}>
          {label}
        </StripeForm>
      ) : (
        <SandboxForm busy={busy} onPay={pay}>
          {label}
        </SandboxForm>
      )}
    </section>
  );
};
