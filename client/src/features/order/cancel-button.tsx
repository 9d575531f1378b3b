'use client';

import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { useForm } from '@/shared/form/use-form';

interface CancelButtonProps {
  orderId: string;
  /** A payment is under way: the order cannot be cancelled at the same time. */
  disabled: boolean;
  onSettled: () => void;
  action: FormAction;
}

export const CancelButton = ({ orderId, disabled, onSettled, action }: CancelButtonProps) => {
  const { busy, problems, form } = useForm(action, untouched, async () => {
    if (disabled) return;
    try {
      await api.cancelOrder(orderId);
    } finally {
      onSettled();
    }
  });
  return (
    <>
      <ErrorSummary problems={problems} title="The order wasn’t cancelled" />
      <form {...form}>
        <input type="hidden" name="orderId" value={orderId} />
        <button className="btn btn-link w-100 mt-2" aria-disabled={busy || disabled}>
          {busy ? 'Cancelling…' : 'Cancel order'}
        </button>
      </form>
    </>
  );
};
