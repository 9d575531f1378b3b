'use client';

import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { useSubmit } from '@/shared/form/use-submit';

interface CancelButtonProps {
  orderId: string;
  /** A payment is under way: the order cannot be cancelled at the same time. */
  disabled: boolean;
  onSettled: () => void;
}

export const CancelButton = ({ orderId, disabled, onSettled }: CancelButtonProps) => {
  const { busy, problems, submit } = useSubmit();
  const cancel = () =>
    submit(async () => {
      try {
        await api.cancelOrder(orderId);
      } finally {
        onSettled();
      }
    });
  return (
    <>
      <ErrorSummary problems={problems} title="The order wasn’t cancelled" />
      <button
        type="button"
        className="btn btn-link w-100 mt-2"
        aria-disabled={busy || disabled}
        onClick={() => !disabled && cancel()}
      >
        {busy ? 'Cancelling…' : 'Cancel order'}
      </button>
    </>
  );
};
