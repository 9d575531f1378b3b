'use server';

import { textOf } from '@/shared/form/form-state';
import { handleForm } from '@/shared/server/handle-form';
import { readTerms, reserve, type PurchaseState } from './reserve';

/** Reserves a ticket at the terms that the form names. */
export const buyTicket = async (_state: PurchaseState, form: FormData): Promise<PurchaseState> =>
  handleForm<PurchaseState>(form, [], async (api) => {
    const reservation = await reserve(api, textOf(form, 'ticketId'), readTerms(form));
    return 'next' in reservation ? reservation.next : reservation.state;
  });
