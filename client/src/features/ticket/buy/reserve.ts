import type { Ticket } from '@ticketing/common/api';
import { statusOf, toApiError } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { textOf, type FormState } from '@/shared/form/form-state';
import { signInPath } from '@/shared/next-path';

/** What a buyer agrees to: the price, in the version of the ticket that has it. */
export type Terms = Pick<Ticket, 'price' | 'version'>;

export const termsOf = ({ price, version }: Terms): Terms => ({ price, version });

/** The terms that a form's button names. */
export const readTerms = (form: FormData): Terms => ({
  price: Number(textOf(form, 'price')),
  version: Number(textOf(form, 'version')),
});

/** What a form shows of a purchase that was refused. */
export interface PurchaseState extends FormState {
  /** The price that the buyer knows. */
  seen?: Terms;
  /** A new price, for the buyer to accept or decline. */
  offer?: Terms;
  /** Another buyer reserved the ticket first. */
  tooLate?: boolean;
}

export type Reservation = { next: string } | { fresh: Ticket; state: PurchaseState };

/**
 * Reserves a ticket at the terms that the buyer has seen.
 *
 * @returns where the buyer goes next: to the order, or to sign in and back; or how the ticket differs from what they saw
 * @throws ApiError of any other kind
 */
export const reserve = async (
  api: Pick<Marketplace, 'createOrder' | 'ticket'>,
  ticketId: string,
  seen: Terms,
): Promise<Reservation> => {
  try {
    const { id } = await api.createOrder({ ticketId, ticketVersion: seen.version });
    return { next: `/orders/${id}` };
  } catch (error) {
    const status = statusOf(error);
    if (status === 401) return { next: signInPath(`/tickets/${ticketId}`) };
    if (status !== 400 && status !== 409) throw error;
    const fresh = await api.ticket(ticketId);
    const state = { problems: [], values: {}, seen };
    if (status === 400) return { fresh, state: { ...state, tooLate: fresh.status !== 'withdrawn' } };
    if (fresh.price !== seen.price) return { fresh, state: { ...state, offer: termsOf(fresh) } };
    // Changed and changed back: nothing to accept, but the next attempt must name the newer version.
    return { fresh, state: { ...state, seen: termsOf(fresh), problems: toApiError(error).problems } };
  }
};
