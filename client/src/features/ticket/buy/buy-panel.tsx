'use client';

import type { Ticket } from '@ticketing/common/api';
import { useEffect, useRef, type ReactNode } from 'react';
import { ErrorSummary } from '@/shared/form/error-summary';
import type { FormAction } from '@/shared/form/form-state';
import { Money } from '@/shared/locale/locale';
import { BuyForm } from './buy-form';
import { PricePrompt } from './price-prompt';
import type { PurchaseState } from './reserve';
import { usePurchase } from './use-purchase';

interface BuyPanelProps {
  ticket: Ticket;
  /** Buying brought a newer state of the ticket. */
  onTicket: (ticket: Ticket) => void;
  /** What to show while another buyer has the ticket. */
  taken: ReactNode;
  action: FormAction<PurchaseState>;
}

const TooLate = ({ available }: { available: boolean }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="alert alert-warning">
      <h2 className="h5" ref={heading} tabIndex={-1}>
        Another buyer was faster
      </h2>
      <p className="mb-0">
        {available
          ? 'The ticket is back on sale, so you can try again.'
          : 'They reserved the ticket just before you did. You weren’t charged.'}
      </p>
    </div>
  );
};

/** What a signed-in visitor sees of a ticket that another user sells. */
export const BuyPanel = ({ ticket, onTicket, taken, action }: BuyPanelProps) => {
  const { busy, problems, form, seen, offer, tooLate, decline } = usePurchase(ticket, onTicket, action);
  const button = { busy, form, ticketId: ticket.id };
  const available = ticket.status === 'available';

  const choice = () => {
    if (!available && !busy) return taken;
    if (offer)
      return (
        <PricePrompt seen={seen} offer={offer} busy={busy} decline={decline} path={`/tickets/${ticket.id}`}>
          <BuyForm {...button} terms={offer}>
            Buy for <Money amount={offer.price} />
          </BuyForm>
        </PricePrompt>
      );
    return (
      <>
        {ticket.price !== seen.price && (
          <p className="fw-semibold text-warning-emphasis">
            The price has changed from <Money amount={seen.price} /> since you opened this page.
          </p>
        )}
        <BuyForm {...button} terms={seen}>
          Buy this ticket
        </BuyForm>
        <p className="form-text mt-2 mb-0">We reserve the ticket while you pay. You won’t be charged yet.</p>
      </>
    );
  };

  return (
    <>
      {tooLate && <TooLate available={available} />}
      <ErrorSummary problems={problems} title="The ticket wasn’t reserved" />
      {choice()}
    </>
  );
};
