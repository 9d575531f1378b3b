'use client';

import type { Ticket } from '@ticketing/common/api';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/shared/api/browser';
import { assertValid, untouched, type FormAction } from '@/shared/form/form-state';
import { useForm, type Form } from '@/shared/form/use-form';
import type { Outcome } from '@/shared/form/use-submit';
import { readTerms, reserve, termsOf, type PurchaseState, type Terms } from './reserve';

export interface Purchase extends Pick<Form<PurchaseState>, 'busy' | 'problems' | 'form'> {
  /** The price that the buyer knows. */
  seen: Terms;
  /** A new price, for the buyer to accept or decline. */
  offer?: Terms;
  /** Another buyer reserved the ticket first. */
  tooLate: boolean;
  decline: () => void;
}

/** Buys at the price that the buyer has seen, and offers the new one where it has changed. */
export const usePurchase = (
  ticket: Ticket,
  onTicket: (ticket: Ticket) => void,
  action: FormAction<PurchaseState>,
): Purchase => {
  const router = useRouter();

  const send = async (data: FormData): Promise<Outcome> => {
    if (!offer && ticket.price !== seen.price) return setOffer(termsOf(ticket));
    const terms = readTerms(data);
    setSeen(terms);
    setTooLate(false);
    const reservation = await reserve(api, ticket.id, terms);
    if ('next' in reservation) {
      router.push(reservation.next);
      return 'leaving';
    }
    const { fresh, state } = reservation;
    onTicket(fresh);
    setSeen(state.seen ?? terms);
    setOffer(state.offer);
    setTooLate(state.tooLate === true);
    assertValid(...state.problems);
  };

  const { busy, problems, posted, form } = useForm<PurchaseState>(action, untouched, send);
  const [seen, setSeen] = useState(posted.seen ?? termsOf(ticket));
  const [offer, setOffer] = useState(posted.offer);
  const [tooLate, setTooLate] = useState(posted.tooLate === true);

  const decline = () => {
    setOffer(undefined);
    setSeen(termsOf(ticket));
  };
  return { busy, problems, form, seen, offer, tooLate, decline };
};
