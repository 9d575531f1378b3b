import type { Ticket } from '@ticketing/common/api';
import { statusOf } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { shortly } from '@/shared/api/shortly';
import { assertValid, textOf } from '@/shared/form/form-state';

/** What becomes of a refunded ticket, as the form names it. */
export const OUTCOMES = [
  { value: 'relist', label: 'Put it back on sale', hint: 'Anyone can buy it again.' },
  { value: 'withdraw', label: 'Withdraw it', hint: 'It’s not listed, and no one can buy it.' },
];

/**
 * Refunds the order that a form names, and waits a moment until its ticket has come back.
 *
 * @returns the ticket as it is then; undefined where it could not be read
 * @throws ApiError with what the seller has to put right, or why the order cannot be refunded
 */
export const refundSale = async (
  api: Pick<Marketplace, 'refundOrder' | 'ticket'>,
  form: FormData,
): Promise<Ticket | undefined> => {
  const [orderId, outcome] = [textOf(form, 'orderId'), textOf(form, 'outcome')];
  if (!OUTCOMES.some(({ value }) => value === outcome))
    assertValid({ field: 'outcome', message: 'Choose what happens to the ticket.' });
  await api.refundOrder(orderId, { relist: outcome === 'relist' });
  let ticket: Ticket | undefined;
  const read = async () => {
    try {
      ticket = await api.ticket(textOf(form, 'ticketId'));
    } catch (error) {
      // The refund stands, whether or not the ticket can be read.
      if (statusOf(error) === undefined) throw error;
    }
    return ticket;
  };
  return shortly(read, (fresh) => fresh !== undefined && fresh.orderId !== orderId);
};
