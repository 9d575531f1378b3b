'use server';

import { textOf, type FormState } from '@/shared/form/form-state';
import { handleForm } from '@/shared/server/handle-form';
import { changeSale } from './change-sale';
import { refundSale } from './refund-sale';
import { saveTicket } from './save-ticket';

const KEPT = ['title', 'price'];

/** Lists a ticket, or changes the one that the form names. */
export const postTicket = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, KEPT, (api) => saveTicket(api, form));

/** Withdraws the seller's ticket, or puts it back on sale. */
export const postSale = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, [], async (api) => `/tickets/${(await changeSale(api, form)).id}`);

/** Refunds the buyer of the seller's ticket. */
export const postRefund = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, [], async (api) => {
    await refundSale(api, form);
    return `/tickets/${encodeURIComponent(textOf(form, 'ticketId'))}?refunded=1`;
  });
