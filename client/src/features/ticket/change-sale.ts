import type { Ticket } from '@ticketing/common/api';
import type { Marketplace } from '@/shared/api/marketplace';
import { textOf } from '@/shared/form/form-state';

/** Withdraws the ticket that a form names, or puts it back on sale. */
export const changeSale = (
  api: Pick<Marketplace, 'withdrawTicket' | 'relistTicket'>,
  form: FormData,
): Promise<Ticket> => {
  const id = textOf(form, 'ticketId');
  return textOf(form, 'sale') === 'relist' ? api.relistTicket(id) : api.withdrawTicket(id);
};
