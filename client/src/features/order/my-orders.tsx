'use client';

import type { Order } from '@ticketing/common/api';
import { TicketRow, TicketRows } from '@/features/ticket/ticket-row';
import { api } from '@/shared/api/browser';
import { Time } from '@/shared/locale/locale';
import { LiveStatus } from '@/shared/polling/live-status';
import { usePoll } from '@/shared/polling/use-poll';
import { OrderBadge } from './order-badge';
import { orderView } from './order-view';

const isOver = ({ status }: Order) => status === 'complete' || status === 'cancelled';

/** The visitor's orders, newest first. */
export const MyOrders = ({ orders: initial }: { orders: Order[] }) => {
  const { data: orders, connection } = usePoll<Order[]>({
    initial,
    load: (signal) => api.orders({ signal }),
    isFinal: (known) => known.every(isOver),
  });
  return (
    <>
      <TicketRows>
        {orders.toReversed().map((order) => (
          <TicketRow
            key={order.id}
            title={order.ticket.title}
            price={order.ticket.price}
            href={`/orders/${order.id}`}
            badge={<OrderBadge kind={orderView(order, []).kind} />}
          >
            <Time iso={order.createdAt} />
          </TicketRow>
        ))}
      </TicketRows>
      <LiveStatus connection={connection} />
    </>
  );
};
