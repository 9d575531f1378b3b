'use client';

import { usePoll } from '@/shared/polling/use-poll';
import { api } from '@/shared/api/browser';
import type { Order } from '@/shared/api/types';
import { orderView } from './order-view';
import { LiveStatus } from '@/shared/polling/live-status';
import { Money, Time } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { OrderBadge } from '@/shared/ui/status-badge';
import { TicketArt } from '@/features/ticket/ticket-art';

const isOver = ({ status }: Order) => status === 'complete' || status === 'cancelled';

/** The visitor's orders, newest first. */
export const LiveOrders = ({ orders: initial }: { orders: Order[] }) => {
  const { data: orders, connection } = usePoll<Order[]>({
    initial,
    load: (signal) => api.orders({ signal }),
    enabled: !initial.every(isOver),
  });
  return (
    <>
      <ul className="rows">
        {[...orders].reverse().map((order) => (
          <li key={order.id} className="row-card">
            <div className="row-card__art">
              <TicketArt title={order.ticket.title} />
            </div>
            <div className="row-card__body">
              <h2 className="row-card__title">
                <NavLink href={`/orders/${order.id}`} className="stretched-link">
                  {order.ticket.title}
                </NavLink>
              </h2>
              <p className="row-card__meta">
                <Time iso={order.createdAt} />
              </p>
            </div>
            <div className="row-card__side">
              <span className="row-card__price">
                <Money amount={order.ticket.price} />
              </span>
              <OrderBadge kind={orderView(order, []).kind} />
            </div>
          </li>
        ))}
      </ul>
      <LiveStatus connection={connection} />
    </>
  );
};
