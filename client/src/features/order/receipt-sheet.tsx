import type { Order, Payment } from '@ticketing/common/api';
import { MinorMoney, Time } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { orderNumber } from './order-number';
import { PrintButton } from './print-button';
import { receiptAmounts } from './receipt-amounts';
import styles from './receipt-sheet.module.css';

interface ReceiptSheetProps {
  order: Order;
  /** Unknown while the payments service is away. */
  payment?: Payment;
  /** The buyer's email address. */
  buyer: string;
}

/** A receipt to keep: one sheet of paper, without the shop's frame when it is printed. */
export const ReceiptSheet = ({ order, payment, buyer }: ReceiptSheetProps) => {
  const { currency, paid, fee, back, total } = receiptAmounts(order, payment);
  const isDisputed = payment?.dispute !== undefined && back === undefined;
  return (
    <div className={styles.page}>
      <article className={styles.sheet}>
        <header className={styles.head}>
          <h1 className={styles.title}>Receipt</h1>
          <p className={styles.brand}>ticketing</p>
        </header>
        <dl className={styles.facts}>
          <div>
            <dt>Order number</dt>
            <dd className="figures">{orderNumber(order.id)}</dd>
          </div>
          <div>
            <dt>Buyer</dt>
            <dd>
              <bdi>{buyer}</bdi>
            </dd>
          </div>
          <div>
            <dt>Ordered</dt>
            <dd>
              <Time iso={order.createdAt} />
            </dd>
          </div>
          {payment && (
            <div>
              <dt>Paid by card</dt>
              <dd>
                <Time iso={order.completedAt ?? payment.createdAt} />
              </dd>
            </div>
          )}
        </dl>
        <table className={styles.lines}>
          <caption className="visually-hidden">What was paid</caption>
          <tbody>
            <tr>
              <th scope="row">
                <bdi>{order.ticket.title}</bdi>
                <span className={styles.note}>
                  1 ticket
                  {fee !== undefined && (
                    <>
                      , service fee of <MinorMoney amount={fee} currency={currency} /> included
                    </>
                  )}
                </span>
              </th>
              <td>
                <MinorMoney amount={paid} currency={currency} />
              </td>
            </tr>
            {back && (
              <tr>
                <th scope="row">{back.label}</th>
                <td>
                  <MinorMoney amount={-back.amount} currency={currency} />
                </td>
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              <td className="figures">
                <MinorMoney amount={total} currency={currency} />
              </td>
            </tr>
          </tfoot>
        </table>
        {isDisputed && payment?.dispute?.status !== 'won' && (
          <p className={styles.remark}>This payment is disputed: the buyer’s bank is looking into it.</p>
        )}
      </article>
      <div className="d-flex flex-wrap gap-3 mt-4 d-print-none">
        <PrintButton />
        <NavLink className="btn btn-outline-primary" href={`/orders/${order.id}`}>
          Back to the order
        </NavLink>
      </div>
    </div>
  );
};
