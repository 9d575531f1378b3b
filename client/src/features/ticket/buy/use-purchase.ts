'use client';

import type { Ticket } from '@ticketing/common/api';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/shared/api/browser';
import { statusOf } from '@/shared/api/errors';
import { useSubmit, type Submit } from '@/shared/form/use-submit';
import { signInPath } from '@/shared/next-path';

/** What a buyer agrees to: the price, in the version of the ticket that has it. */
export type Terms = Pick<Ticket, 'price' | 'version'>;

export interface Purchase extends Pick<Submit, 'busy' | 'problems'> {
  /** The price that the buyer knows. */
  seen: Terms;
  /** A new price, for the buyer to accept or decline. */
  offer?: Terms;
  /** Another buyer reserved the ticket first. */
  tooLate: boolean;
  buy: () => void;
  accept: () => void;
  decline: () => void;
}

const termsOf = ({ price, version }: Ticket): Terms => ({ price, version });

/** Buys at the price that the buyer has seen, and offers the new one where it has changed. */
export const usePurchase = (ticket: Ticket, onTicket: (ticket: Ticket) => void): Purchase => {
  const router = useRouter();
  const { busy, problems, submit } = useSubmit();
  const [seen, setSeen] = useState(() => termsOf(ticket));
  const [offer, setOffer] = useState<Terms>();
  const [tooLate, setTooLate] = useState(false);

  /** The ticket is not what the buyer was shown: taken (400), or changed (409). */
  const onRefused = async (error: unknown, terms: Terms) => {
    const fresh = await api.ticket(ticket.id);
    onTicket(fresh);
    if (statusOf(error) === 400) return setTooLate(true);
    if (fresh.price !== terms.price) return setOffer(termsOf(fresh));
    // Changed and changed back: nothing to accept, but the next attempt must name the newer version.
    setSeen(termsOf(fresh));
    throw error;
  };

  const order = (terms: Terms) =>
    submit(async () => {
      setTooLate(false);
      try {
        const { id } = await api.createOrder({ ticketId: ticket.id, ticketVersion: terms.version });
        router.push(`/orders/${id}`);
        return 'leaving';
      } catch (error) {
        const status = statusOf(error);
        if (status === 400 || status === 409) return onRefused(error, terms);
        if (status !== 401) throw error;
        router.push(signInPath(`/tickets/${ticket.id}`));
        return 'leaving';
      }
    });

  const buy = () => {
    if (ticket.price === seen.price) return void order(seen);
    setOffer(termsOf(ticket));
  };
  const accept = () => {
    if (!offer) return;
    setSeen(offer);
    void order(offer);
  };
  const decline = () => {
    setOffer(undefined);
    setSeen(termsOf(ticket));
  };
  return { busy, problems, seen, offer, tooLate, buy, accept, decline };
};
