'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import type { Order } from '@/shared/api/types';
import type { OrderView } from './order-view';
import { MinorMoney, Money, Time } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';

interface OrderResultProps {
  order: Order;
  view: OrderView;
}

const Receipt = ({ order, view }: { order: Order; view: OrderView & { kind: 'complete' } }) => (
  <dl className="receipt">
    <dt>Ticket</dt>
    <dd>{order.ticket.title}</dd>
    <dt>Paid</dt>
    <dd>
      {view.payment ? (
        <MinorMoney amount={view.payment.amount} currency={view.payment.currency} />
      ) : (
        <Money amount={order.ticket.price} />
      )}
    </dd>
    {view.payment && (
      <>
        <dt>On</dt>
        <dd>
          <Time iso={view.payment.createdAt} />
        </dd>
        {view.payment.stripeId && (
          <>
            <dt>Payment</dt>
            <dd className="receipt__id">{view.payment.stripeId}</dd>
          </>
        )}
      </>
    )}
    <dt>Order</dt>
    <dd className="receipt__id">{order.id}</dd>
  </dl>
);

const content = ({ order, view }: OrderResultProps): { title: string; text: ReactNode } => {
  switch (view.kind) {
    case 'complete':
      return {
        title: 'It’s yours. Have a great time!',
        text: <Receipt order={order} view={view} />,
      };
    case 'expired':
      return {
        title: 'The time to pay ran out',
        text: <p>Your hold on the ticket has ended, and nothing was charged. It may be on sale again.</p>,
      };
    case 'declined':
      return {
        title: 'Your card was declined',
        text: (
          <>
            <p className="reason">{view.reason ?? 'The bank gave no reason.'}</p>
            <p>Nothing was charged. The ticket goes back on sale: you can buy it again with another card.</p>
          </>
        ),
      };
    case 'refunding':
      return {
        title: 'Your refund is on its way',
        text: (
          <p>
            The order had already ended when your payment arrived. You get{' '}
            <MinorMoney amount={view.payment.amount} currency={view.payment.currency} /> back.
          </p>
        ),
      };
    case 'refunded':
      return {
        title: 'You have your money back',
        text: (
          <p>
            The order had already ended when your payment arrived, so we refunded{' '}
            <MinorMoney amount={view.payment.amount} currency={view.payment.currency} />.
          </p>
        ),
      };
    default:
      return { title: 'Order cancelled', text: <p>You cancelled this order, and nothing was charged.</p> };
  }
};

/** How an order ended. Takes the focus when that happens before the reader's eyes, and it has gone. */
export const OrderResult = (props: OrderResultProps & { witnessed: boolean }) => {
  const { title, text } = content(props);
  const { order, view, witnessed } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (witnessed) heading.current?.focus();
  }, [witnessed, view.kind]);

  return (
    <section className={`order-result order-result--${view.kind}`}>
      <h2 className="order-result__title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {text}
      <div className="order-result__actions">
        {view.kind === 'complete' ? (
          <NavLink className="btn btn-primary" href="/orders">
            All my orders
          </NavLink>
        ) : (
          <>
            <NavLink className="btn btn-primary" href={`/tickets/${order.ticket.id}`}>
              See the ticket
            </NavLink>
            <NavLink className="btn btn-outline-primary" href="/">
              Other tickets
            </NavLink>
          </>
        )}
      </div>
    </section>
  );
};
