'use client';

import type { Ticket } from '@ticketing/common/api';
import { useEffect, useRef, type ReactNode } from 'react';
import { ErrorSummary } from '@/shared/form/error-summary';
import { SubmitButton } from '@/shared/form/submit-button';
import { Money } from '@/shared/locale/locale';
import { PricePrompt } from './price-prompt';
import { usePurchase } from './use-purchase';

interface BuyPanelProps {
  ticket: Ticket;
  /** Buying brought a newer state of the ticket. */
  onTicket: (ticket: Ticket) => void;
  /** What to show while another buyer has the ticket. */
  taken: ReactNode;
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
export const BuyPanel = ({ ticket, onTicket, taken }: BuyPanelProps) => {
  const { busy, problems, seen, offer, tooLate, buy, accept, decline } = usePurchase(ticket, onTicket);
  const available = ticket.status === 'available';

  const choice = () => {
    if (!available && !busy) return taken;
    if (offer)
      return <PricePrompt seen={seen} offer={offer} busy={busy} onAccept={accept} onDecline={decline} />;
    return (
      <>
        {ticket.price !== seen.price && (
          <p className="fw-semibold text-warning-emphasis">
            The price has changed from <Money amount={seen.price} /> since you opened this page.
          </p>
        )}
        <SubmitButton busy={busy} busyLabel="Reserving…" onClick={buy}>
          Buy this ticket
        </SubmitButton>
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
