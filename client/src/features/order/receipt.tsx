import type { Order, Payment } from '@ticketing/common/api';
import { MinorMoney, Money, Time } from '@/shared/locale/locale';
import { orderNumber } from './order-number';
import styles from './receipt.module.css';

/** What a complete order has on paper. Its payment is shown as soon as it is known. */
export const Receipt = ({ order, payment }: { order: Order; payment?: Payment }) => (
  <dl className={styles.receipt}>
    <dt>Ticket</dt>
    <dd>
      <bdi>{order.ticket.title}</bdi>
    </dd>
    <dt>Paid</dt>
    <dd>
      {payment ? (
        <MinorMoney amount={payment.amount} currency={payment.currency} />
      ) : (
        <Money amount={order.ticket.price} />
      )}
    </dd>
    {payment && (
      <>
        <dt>On</dt>
        <dd>
          <Time iso={payment.createdAt} />
        </dd>
      </>
    )}
    <dt>Order number</dt>
    <dd className="figures">{orderNumber(order.id)}</dd>
  </dl>
);
