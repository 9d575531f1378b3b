import type { ReactNode } from 'react';
import { SubmitButton } from '@/shared/form/submit-button';
import type { Terms } from './reserve';
import type { Purchase } from './use-purchase';

interface BuyFormProps extends Pick<Purchase, 'busy' | 'form'> {
  ticketId: string;
  terms: Terms;
  children: ReactNode;
}

/** A button that buys a ticket at the terms that stand beside it. */
export const BuyForm = ({ busy, form, ticketId, terms, children }: BuyFormProps) => (
  <form {...form}>
    <input type="hidden" name="ticketId" value={ticketId} />
    <input type="hidden" name="price" value={terms.price} />
    <input type="hidden" name="version" value={terms.version} />
    <SubmitButton busy={busy} busyLabel="Reserving…">
      {children}
    </SubmitButton>
  </form>
);
