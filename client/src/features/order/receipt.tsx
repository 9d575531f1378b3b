import type { Order, Payment } from '@ticketing/common/api';
import { MinorMoney, Time } from '@/shared/locale/locale';
import { orderNumber } from './order-number';
import { receiptAmounts } from './receipt-amounts';
import styles from './receipt.module.css';

/** What a paid order comes to, on its own page. Its payment is shown as soon as it is known. */
export const Receipt = ({ order, payment }: { order: Order; payment?: Payment }) => {
  const { currency, paid, back } = receiptAmounts(order, payment);
  return (
    <dl className={styles.receipt}>
      <dt>Ticket</dt>
      <dd>
        <bdi>{order.ticket.title}</bdi>
      </dd>
      <dt>Paid</dt>
      <dd>
        <MinorMoney amount={paid} currency={currency} />
      </dd>
      {payment && (
        <>
          <dt>Paid on</dt>
          <dd>
            <Time iso={order.completedAt ?? payment.createdAt} />
          </dd>
        </>
      )}
      {back && (
        <>
          <dt>{back.label}</dt>
          <dd>
            <MinorMoney amount={back.amount} currency={currency} />
          </dd>
        </>
      )}
      <dt>Order number</dt>
      <dd className="figures">{orderNumber(order.id)}</dd>
    </dl>
  );
};
