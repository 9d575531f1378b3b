'use client';

import { TicketRow, TicketRows } from '@/features/ticket/ticket-row';
import { api } from '@/shared/api/browser';
import { Time } from '@/shared/locale/locale';
import { LiveStatus } from '@/shared/polling/live-status';
import { usePoll } from '@/shared/polling/use-poll';
import { OrderBadge } from './order-badge';
import { fetchOrderStates, type OrderState } from './order-state';
import { orderView } from './order-view';

const isOver = ({ order: { status } }: OrderState) => status === 'complete' || status === 'cancelled';

/** The visitor's orders, newest first. */
export const MyOrders = ({ orders: initial }: { orders: OrderState[] }) => {
  const { data: orders, connection } = usePoll<OrderState[]>({
    initial,
    load: (signal, known) => fetchOrderStates(api, known, signal),
    isFinal: (known) => known.every(isOver),
  });
  return (
    <>
      <TicketRows>
        {orders.toReversed().map(({ order, payments }) => (
          <TicketRow
            key={order.id}
            title={order.ticket.title}
            price={order.ticket.price}
            href={`/orders/${order.id}`}
            badge={<OrderBadge kind={orderView(order, payments).kind} />}
          >
            <Time iso={order.createdAt} />
          </TicketRow>
        ))}
      </TicketRows>
      <LiveStatus connection={connection} />
    </>
  );
};
