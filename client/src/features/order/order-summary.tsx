import type { Order } from '@ticketing/common/api';
import { CURRENCY } from '@ticketing/common/limits';
import { TicketArt } from '@/features/ticket/art/ticket-art';
import { MinorMoney, Money } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { Countdown } from './countdown/countdown';
import { OrderBadge } from './order-badge';
import styles from './order-summary.module.css';
import type { OrderView } from './order-view';

interface OrderSummaryProps {
  order: Order;
  kind: OrderView['kind'];
  renderedAt: number;
}

/** What is bought, in which state the order is, and for how long the ticket is held. */
export const OrderSummary = ({ order, kind, renderedAt }: OrderSummaryProps) => (
  <article className={styles.summary}>
    <div className={styles.art}>
      <TicketArt title={order.ticket.title} />
    </div>
    <div className={styles.body}>
      <OrderBadge kind={kind} />
      <h1 className={styles.title}>
        <span className="visually-hidden">Order: </span>
        <NavLink href={`/tickets/${order.ticket.id}`}>
          <bdi>{order.ticket.title}</bdi>
        </NavLink>
      </h1>
      <p className={`figures ${styles.price}`}>
        <Money amount={order.ticket.price} />
      </p>
      {Boolean(order.fee) && (
        <p className="form-text">
          Includes a service fee of <MinorMoney amount={order.fee ?? 0} currency={CURRENCY} />.
        </p>
      )}
      {kind === 'open' && (
        <Countdown createdAt={order.createdAt} expiresAt={order.expiresAt} renderedAt={renderedAt} />
      )}
    </div>
  </article>
);
