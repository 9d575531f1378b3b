'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useSubmit } from '@/shared/form/use-submit';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import type { Ticket } from '@/shared/api/types';
import { signInPath } from '@/shared/next-path';
import { ErrorSummary, SubmitButton } from '@/shared/form/form';
import { Money } from '@/shared/locale/locale';

interface BuyPanelProps {
  ticket: Ticket;
  /** A buyer's question brought a newer state of the ticket. */
  onTicket: (ticket: Ticket) => void;
  /** What to show while somebody else has it. */
  taken: ReactNode;
}

type Terms = Pick<Ticket, 'price' | 'version'>;
const termsOf = ({ price, version }: Ticket): Terms => ({ price, version });

interface PricePromptProps {
  before: Terms;
  offer: Terms;
  busy: boolean;
  onAccept: () => void;
  onDecline: () => void;
}

const PricePrompt = ({ before, offer, busy, onAccept, onDecline }: PricePromptProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [offer]);
  return (
    <div className="price-prompt" role="group" aria-labelledby="price-prompt-title">
      <h2 className="price-prompt__title" id="price-prompt-title" ref={heading} tabIndex={-1}>
        The price is now <Money amount={offer.price} />
      </h2>
      <p>
        It was <Money amount={before.price} /> when you opened this page. Do you still want it?
      </p>
      <SubmitButton busy={busy} busyLabel="Reserving…" className="w-100" onClick={onAccept}>
        Buy for <Money amount={offer.price} />
      </SubmitButton>
      <button type="button" className="btn btn-link w-100" onClick={onDecline} disabled={busy}>
        No, thanks
      </button>
    </div>
  );
};

/** Buys at the price that the buyer has seen, and asks again where that is not the price any more. */
export const BuyPanel = ({ ticket, onTicket, taken }: BuyPanelProps) => {
  const router = useRouter();
  const { busy, problems, submit } = useSubmit();
  const [seen, setSeen] = useState(() => termsOf(ticket));
  const [offer, setOffer] = useState<Terms>();
  const [beaten, setBeaten] = useState(false);
  const kindly = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (beaten) kindly.current?.focus();
  }, [beaten]);

  const buy = (terms: Terms) =>
    submit(async () => {
      setBeaten(false);
      try {
        const order = await api.createOrder({ ticketId: ticket.id, ticketVersion: terms.version });
        router.push(`/orders/${order.id}`);
        return 'leaving';
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401) {
          router.push(signInPath(`/tickets/${ticket.id}`));
          return 'leaving';
        }
        if (error.status !== 409 && error.status !== 400) throw error;
        const fresh = await api.ticket(ticket.id);
        onTicket(fresh);
        setBeaten(error.status === 400);
        if (error.status === 400) return;
        if (fresh.price !== terms.price) return setOffer(termsOf(fresh));
        // Changed and changed back: nothing to ask about, but the next try must name the newer version.
        setSeen(termsOf(fresh));
        throw error;
      }
    });

  const onBuy = () => {
    if (ticket.price === seen.price) return buy(seen);
    setOffer(termsOf(ticket));
  };
  const onAccept = () => {
    if (!offer) return;
    setSeen(offer);
    return buy(offer);
  };

  const available = ticket.status === 'available';
  return (
    <>
      {beaten && (
        <div className="kindly">
          <h2 className="kindly__title" ref={kindly} tabIndex={-1}>
            Somebody was a moment faster
          </h2>
          <p className="mb-0">
            {available
              ? 'Good news, though: it is on sale again. Try once more?'
              : 'Sorry! You were very close. No money has moved.'}
          </p>
        </div>
      )}
      <ErrorSummary problems={problems} title="That did not work" />
      {!available && !busy && taken}
      {(available || busy) && offer && (
        <PricePrompt
          before={seen}
          offer={offer}
          busy={busy}
          onAccept={onAccept}
          onDecline={() => {
            setOffer(undefined);
            setSeen(termsOf(ticket));
          }}
        />
      )}
      {(available || busy) && !offer && (
        <>
          {ticket.price !== seen.price && (
            <p className="price-note">
              The price has changed from <Money amount={seen.price} /> since you opened this page.
            </p>
          )}
          <SubmitButton busy={busy} busyLabel="Reserving…" className="w-100" onClick={onBuy}>
            Buy this ticket
          </SubmitButton>
          <p className="form-text mb-0">We hold it for you while you pay. Nothing is charged yet.</p>
        </>
      )}
    </>
  );
};
