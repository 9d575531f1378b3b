'use client';

import type { Order, Payment } from '@ticketing/common/api';
import { useEffect, useRef, type ReactNode } from 'react';
import { MinorMoney, Money } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import type { OrderView } from './order-view';
import { Receipt } from './receipt';

export type FinalView = Exclude<OrderView, { kind: 'open' | 'paying' }>;

interface OrderOutcomeProps {
  order: Order;
  view: FinalView;
}

/** What is given back; the whole price, where the payment is not known. */
const Amount = ({ order, payment }: { order: Order; payment?: Payment }) =>
  payment ? (
    <MinorMoney amount={payment.amount} currency={payment.currency} />
  ) : (
    <Money amount={order.ticket.price} />
  );

/** A complete order that was refunded: by whom, and how far that is. */
const undone = (order: Order, { kind, payment }: Extract<FinalView, { kind: 'refunding' | 'refunded' }>) => {
  const isBack = kind === 'refunded' && payment !== undefined;
  return {
    title: order.refundedBy === 'marketplace' ? 'We refunded this order' : 'The seller refunded this order',
    text: (
      <>
        <p>
          The sale is undone: the ticket isn’t yours any more. {isBack ? 'We sent' : 'You get'}{' '}
          <Amount order={order} payment={payment} /> back{isBack && ' to your card'}.
        </p>
        {isBack && <p>Your bank may take some days to show it.</p>}
      </>
    ),
  };
};

/** The outcomes that money was paid in. */
const PAID: FinalView['kind'][] = ['complete', 'disputed', 'charged-back', 'refunding', 'refunded'];

const content = ({ order, view }: OrderOutcomeProps): { title: string; text: ReactNode } => {
  switch (view.kind) {
    case 'complete':
      return {
        title: 'It’s yours. Have a great time!',
        text: <Receipt order={order} payment={view.payment} />,
      };
    case 'expired':
      return {
        title: 'Your reservation has expired',
        text: <p>You weren’t charged. The ticket may be on sale again.</p>,
      };
    case 'declined':
      return {
        title: 'Your card was declined',
        text: (
          <>
            <p className="alert alert-danger fw-semibold">
              {view.reason ?? 'Your bank didn’t give a reason.'}
            </p>
            <p>You weren’t charged. The ticket goes back on sale, and you can buy it with another card.</p>
          </>
        ),
      };
    case 'disputed':
      return {
        title: 'You’ve disputed this payment',
        text: (
          <>
            <p>
              Your bank is looking into it, which can take some weeks. Until it has decided, the order stays
              as it is.
            </p>
            <Receipt order={order} payment={view.payment} />
          </>
        ),
      };
    case 'charged-back':
      return {
        title: 'Your bank has returned this payment',
        text: (
          <p>
            It decided your dispute for you, so you have{' '}
            <MinorMoney amount={view.payment.amount} currency={view.payment.currency} /> back. The ticket
            isn’t paid for any more.
          </p>
        ),
      };
    case 'refunding':
      if (order.reason === 'refunded') return undone(order, view);
      return {
        title: 'Your refund is in progress',
        text: (
          <p>
            The order had already ended when your payment arrived. You get{' '}
            <Amount order={order} payment={view.payment} /> back.
          </p>
        ),
      };
    case 'refunded':
      if (order.reason === 'refunded') return undone(order, view);
      return {
        title: 'Your payment was refunded',
        text: (
          <p>
            The order had already ended when your payment arrived, so we refunded{' '}
            <Amount order={order} payment={view.payment} />.
          </p>
        ),
      };
    case 'withdrawn':
      return {
        title: 'The seller withdrew this ticket',
        text: <p>They took it off sale at the moment you reserved it. You weren’t charged.</p>,
      };
    case 'cancelled':
      return { title: 'Order cancelled', text: <p>You cancelled this order. You weren’t charged.</p> };
  }
};

/** How an order ended. Takes the focus when that happens while the page is open. */
export const OrderOutcome = ({ order, view, witnessed }: OrderOutcomeProps & { witnessed: boolean }) => {
  const { title, text } = content({ order, view });
  const complete = view.kind === 'complete';
  const isBought = complete || view.kind === 'disputed';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (witnessed) heading.current?.focus();
  }, [witnessed, view.kind]);

  return (
    <section>
      <h2 className={`fs-2 mb-3 ${complete ? 'text-success-emphasis' : ''}`} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {text}
      <div className="d-flex flex-wrap gap-3 mt-4">
        {isBought ? (
          <NavLink className="btn btn-primary" href="/orders">
            View my orders
          </NavLink>
        ) : (
          <>
            <NavLink className="btn btn-primary" href={`/tickets/${order.ticket.id}`}>
              View ticket
            </NavLink>
            <NavLink className="btn btn-outline-primary" href="/">
              Browse other tickets
            </NavLink>
          </>
        )}
        {PAID.includes(view.kind) && (
          <NavLink className="btn btn-outline-primary" href={`/orders/${order.id}/receipt`}>
            View receipt
          </NavLink>
        )}
      </div>
    </section>
  );
};
