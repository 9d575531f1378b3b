import type { Ticket } from '@ticketing/common/api';
import type { Metadata } from 'next';
import { cache } from 'react';
import { knownVisitor } from '@/features/account/session';
import { postRefund, postSale } from '@/features/ticket/actions';
import { buyTicket } from '@/features/ticket/buy/actions';
import { LiveTicket } from '@/features/ticket/live-ticket';
import { serverApi } from '@/shared/api/server';
import type { SearchParams } from '@/shared/search-params';
import { getConfig } from '@/shared/server/config';
import { load } from '@/shared/server/load';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

type Props = { params: Promise<{ ticketId: string }>; searchParams: Promise<SearchParams> };

const loadTicket = cache(async (ticketId: string) => load((await serverApi()).ticket(ticketId)));

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const ticket = await loadTicket((await params).ticketId);
  if (!ticket) return { title: 'Ticket' };
  const { title, price, seller } = ticket;
  return {
    title,
    description: `A ticket from ${seller?.name ?? 'a fan'} for $${price.toFixed(2)}, reserved for you while you pay.`,
  };
};

/** Whether this visitor reserved or bought the ticket: the orders service shows an order to its owner only. */
const isMine = async ({ orderId }: Ticket): Promise<boolean> => {
  if (!orderId) return false;
  const api = await serverApi();
  return api.order(orderId).then(
    () => true,
    () => false,
  );
};

const SELL = { changeSale: postSale, refund: postRefund };

const TicketPage = async ({ params, searchParams }: Props) => {
  const { refunded } = await searchParams;
  const [ticket, user] = await Promise.all([loadTicket((await params).ticketId), knownVisitor()]);
  if (!ticket) return <Unavailable what="this ticket" />;
  const mine = Boolean(user) && user?.id !== ticket.userId && (await isMine(ticket));
  return (
    <Page>
      <LiveTicket
        key={user?.id}
        state={{ ticket, mine }}
        userId={user?.id}
        accountAway={user === undefined}
        fee={getConfig().fee}
        buy={buyTicket}
        wasRefunded={refunded !== undefined}
        sell={SELL}
      />
    </Page>
  );
};

export default TicketPage;
