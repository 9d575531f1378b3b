import type { Metadata } from 'next';
import { cache } from 'react';
import { LiveTicket } from '@/features/ticket/live-ticket';
import { ServiceTrouble } from '@/shared/ui/service-trouble';
import { serverApi } from '@/shared/api/server';
import type { Ticket } from '@/shared/api/types';
import { load } from '@/shared/server/load';
import { visitor } from '@/features/account/session';

type Props = { params: Promise<{ ticketId: string }> };

const loadTicket = cache(async (ticketId: string) => load((await serverApi()).ticket(ticketId)));

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: (await loadTicket((await params).ticketId))?.title ?? 'Ticket',
});

/** Whether the ticket is held or owned by this visitor: the orders service shows an order to its owner only. */
const isMine = async ({ orderId }: Ticket): Promise<boolean> => {
  if (!orderId) return false;
  const api = await serverApi();
  return api.order(orderId).then(
    () => true,
    () => false,
  );
};

const TicketPage = async ({ params }: Props) => {
  const [ticket, user] = await Promise.all([loadTicket((await params).ticketId), visitor()]);
  if (!ticket) return <ServiceTrouble what="this ticket" />;
  const mine = user !== null && user.id !== ticket.userId && (await isMine(ticket));
  return (
    <div className="container page">
      <LiveTicket key={user?.id} state={{ ticket, mine }} userId={user?.id} />
    </div>
  );
};

export default TicketPage;
