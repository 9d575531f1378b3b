'use server';

import type { FormState } from '@/shared/form/form-state';
import { handleForm } from '@/shared/server/handle-form';
import { changeSale } from './change-sale';
import { saveTicket } from './save-ticket';

const KEPT = ['title', 'price'];

/** Lists a ticket, or changes the one that the form names. */
export const postTicket = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, KEPT, (api) => saveTicket(api, form));

/** Withdraws the seller's ticket, or puts it back on sale. */
export const postSale = async (_state: FormState, form: FormData): Promise<FormState> =>
  handleForm(form, [], async (api) => `/tickets/${(await changeSale(api, form)).id}`);
