'use client';

import type { Ticket } from '@ticketing/common/api';
import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { useForm } from '@/shared/form/use-form';
import { changeSale } from './change-sale';

interface SaleSwitchProps {
  ticket: Ticket;
  /** The ticket as it is then; a refusal brings it, too. */
  onTicket: (ticket: Ticket) => void;
  action: FormAction;
}

/** Takes the seller's ticket off sale, or puts it back. */
export const SaleSwitch = ({ ticket: { id, status }, onTicket, action }: SaleSwitchProps) => {
  const { busy, problems, form } = useForm(action, untouched, async (data) => {
    try {
      onTicket(await changeSale(api, data));
    } catch (error) {
      onTicket(await api.ticket(id));
      throw error;
    }
  });
  const withdrawn = status === 'withdrawn';
  const label = withdrawn ? 'Put back on sale' : 'Withdraw from sale';
  return (
    <>
      <ErrorSummary problems={problems} title="The ticket wasn’t changed" />
      <form {...form}>
        <input type="hidden" name="ticketId" value={id} />
        <input type="hidden" name="sale" value={withdrawn ? 'relist' : 'withdraw'} />
        <button className="btn btn-outline-primary w-100 mt-3" aria-disabled={busy}>
          {busy ? 'Saving…' : label}
        </button>
      </form>
    </>
  );
};
