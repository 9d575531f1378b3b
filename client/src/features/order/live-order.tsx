'use client';

import { useState } from 'react';
import { usePayment } from './payment/use-payment';
import { usePoll } from '@/shared/polling/use-poll';
import { useSecondsLeft } from './use-seconds-left';
import { useSubmit } from '@/shared/form/use-submit';
import { api } from '@/shared/api/browser';
import { followOrder, type OrderState } from './order-state';
import { isSettled, orderView, type OrderView } from './order-view';
import { Countdown } from './countdown';
import { ErrorSummary } from '@/shared/form/form';
import { LiveStatus } from '@/shared/polling/live-status';
import { Money } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { OrderResult } from './order-result';
import { PaymentPanel } from './payment/payment-panel';
import { OrderBadge } from '@/shared/ui/status-badge';
import { TicketArt } from '@/features/ticket/ticket-art';

interface LiveOrderProps {
  state: OrderState;
  renderedAt: number;
  publishableKey?: string;
}

const Waiting = ({ title, children }: { title: string; children: string }) => (
  <section className="waiting">
    <span className="spinner-border" aria-hidden="true" />
    <div>
      <h2 className="panel-title">{title}</h2>
      <p className="mb-0">{children}</p>
    </div>
  </section>
);

/** One order, from the hold to its end, following the server. */
export const LiveOrder = ({ state: initial, renderedAt, publishableKey }: LiveOrderProps) => {
  const [settled, setSettled] = useState(() => isSettled(initial.order, initial.payments));
  const { data, connection, refresh } = usePoll<OrderState>({
    initial,
    load: (signal, known) => followOrder(api, known, signal),
    enabled: !settled,
  });
  const { order, payments } = data;
  if (settled !== isSettled(order, payments)) setSettled(!settled);

  const attempt = usePayment(order.id, refresh);
  const cancel = useSubmit();
  const seconds = useSecondsLeft(order.expiresAt, renderedAt);
  const served = orderView(order, payments);
  const view: OrderView =
    served.kind === 'open' && attempt.declined ? { kind: 'declined', reason: attempt.declined } : served;
  const [firstKind] = useState(view.kind);

  const onCancel = () =>
    cancel.submit(async () => {
      try {
        await api.cancelOrder(order.id);
      } finally {
        refresh();
      }
    });

  const main = () => {
    if (attempt.inDoubt && view.kind === 'open')
      return (
        <Waiting title="We don’t know yet whether your payment went through">
          Please do not pay again. This page shows the outcome as soon as it is known.
        </Waiting>
      );
    if (view.kind === 'paying')
      return (
        <Waiting title="Your payment is being processed">
          This takes a moment. Please don’t pay again.
        </Waiting>
      );
    if (view.kind !== 'open')
      return <OrderResult order={order} view={view} witnessed={view.kind !== firstKind} />;
    if (seconds === 0 && !attempt.busy)
      return <Waiting title="The time to pay is over">We are checking what became of your order.</Waiting>;
    return (
      <>
        <PaymentPanel price={order.ticket.price} publishableKey={publishableKey} attempt={attempt} />
        <ErrorSummary problems={cancel.problems} title="The order was not cancelled" />
        <button
          type="button"
          className="btn btn-link w-100 mt-2"
          aria-disabled={cancel.busy || attempt.busy}
          onClick={() => !attempt.busy && onCancel()}
        >
          {cancel.busy ? 'Cancelling…' : 'Cancel the order'}
        </button>
      </>
    );
  };

  return (
    <div className="order-page">
      <article className="order-summary">
        <div className="order-summary__art">
          <TicketArt title={order.ticket.title} />
        </div>
        <div className="order-summary__body">
          <OrderBadge kind={view.kind} />
          <h1 className="order-summary__title">
            <span className="visually-hidden">Order: </span>
            <NavLink href={`/tickets/${order.ticket.id}`}>{order.ticket.title}</NavLink>
          </h1>
          <p className="order-summary__price">
            <Money amount={order.ticket.price} />
          </p>
          {view.kind === 'open' && (
            <Countdown createdAt={order.createdAt} expiresAt={order.expiresAt} renderedAt={renderedAt} />
          )}
        </div>
      </article>
      <div className="panel order-main">{main()}</div>
      <LiveStatus connection={connection} />
    </div>
  );
};
