import { statusOf } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { textOf } from '@/shared/form/form-state';
import { signInPath } from '@/shared/next-path';
import { draftPath } from './draft';
import { readTicket } from './validation';

type Tickets = Pick<Marketplace, 'createTicket' | 'updateTicket' | 'currentUser'>;

/**
 * Lists a ticket, or changes the one that the form names.
 *
 * @returns where the seller goes next: to the ticket, or to sign in and back to what they typed
 * @throws ApiError with what the seller has to put right
 */
export const saveTicket = async (api: Tickets, form: FormData): Promise<string> => {
  const input = readTicket(form);
  const id = textOf(form, 'id');
  try {
    const saved = await (id ? api.updateTicket(id, input) : api.createTicket(input));
    return `/tickets/${saved.id}`;
  } catch (error) {
    // 401 is also the answer to a seller whom the ticket does not belong to.
    const signedOut = statusOf(error) === 401 && !(await api.currentUser());
    if (!signedOut) throw error;
    const draft = { title: textOf(form, 'title'), price: textOf(form, 'price') };
    return signInPath(draftPath(id ? `/tickets/${id}/edit` : '/tickets/new', draft));
  }
};
