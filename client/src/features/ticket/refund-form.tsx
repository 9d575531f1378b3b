'use client';

import type { Ticket } from '@ticketing/common/api';
import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { useForm } from '@/shared/form/use-form';
import { OUTCOMES, refundSale } from './refund-sale';

const FIELDS = { outcome: `refund-${OUTCOMES[0]?.value}` };

interface RefundFormProps {
  ticket: Ticket;
  /** The buyer gets their money back; the ticket as it is then, where that is known. */
  onRefund: (ticket?: Ticket) => void;
  action: FormAction;
}

/** Gives the buyer of the seller's ticket their money back. Nothing is chosen beforehand: a slip refunds no one. */
export const RefundForm = ({ ticket: { id, orderId }, onRefund, action }: RefundFormProps) => {
  const { busy, problems, form } = useForm(action, untouched, async (data) => {
    onRefund(await refundSale(api, data));
  });
  return (
    <section className="mt-4" aria-labelledby="refund-title">
      <h2 className="fs-5" id="refund-title">
        Can’t hand over the ticket?
      </h2>
      <p>The buyer gets the whole price back. What happens to the ticket then?</p>
      <ErrorSummary problems={problems} fields={FIELDS} title="The buyer wasn’t refunded" />
      <form {...form}>
        <input type="hidden" name="ticketId" value={id} />
        <input type="hidden" name="orderId" value={orderId} />
        <fieldset className="mb-3" disabled={busy}>
          <legend className="visually-hidden">What happens to the ticket</legend>
          {OUTCOMES.map(({ value, label, hint }) => (
            <div className="form-check mb-2" key={value}>
              <input
                className="form-check-input"
                type="radio"
                name="outcome"
                id={`refund-${value}`}
                value={value}
                aria-describedby={`refund-${value}-hint`}
              />
              <label className="form-check-label fw-semibold" htmlFor={`refund-${value}`}>
                {label}
              </label>
              <div className="form-text mt-0" id={`refund-${value}-hint`}>
                {hint}
              </div>
            </div>
          ))}
        </fieldset>
        <button className="btn btn-outline-danger w-100" aria-disabled={busy}>
          {busy ? 'Refunding…' : 'Refund the buyer'}
        </button>
      </form>
    </section>
  );
};
