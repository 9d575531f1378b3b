'use client';

import { useState } from 'react';
import { api } from '@/shared/api/browser';
import type { FormAction } from '@/shared/form/form-state';
import { LiveStatus } from '@/shared/polling/live-status';
import { POLL_INTERVAL_MS, POLL_SOON_MS } from '@/shared/polling/poller';
import { usePoll } from '@/shared/polling/use-poll';
import { serverClock } from '@/shared/time/server-clock';
import { Panel } from '@/shared/ui/page';
import { CancelButton } from './cancel-button';
import { useSecondsLeft } from './countdown/use-seconds-left';
import { OrderOutcome } from './order-outcome';
import { fetchOrderState, type OrderState } from './order-state';
import { OrderSummary } from './order-summary';
import { isSettled, orderView, type OrderView } from './order-view';
import { PaymentPanel } from './payment/payment-panel';
import { usePayment } from './payment/use-payment';
import { SignedOut } from './signed-out';
import { Waiting } from './waiting';

/** What an order that has ended says of the card; not before the outcome of a payment is known. */
const UNCHARGED: OrderView['kind'][] = ['expired', 'cancelled', 'withdrawn'];

interface LiveOrderProps {
  state: OrderState;
  /** The server's clock when the page was rendered. */
  renderedAt: number;
  publishableKey?: string;
  pay: FormAction;
  cancel: FormAction;
}

/** One order, from the hold to its end, kept up to date. */
export const LiveOrder = ({ state: initial, renderedAt, publishableKey, pay, cancel }: LiveOrderProps) => {
  const { data, connection, refresh } = usePoll<OrderState>({
    initial,
    load: (signal, known) =>
      fetchOrderState(api, known, { isAwaited: isAwaited(), inDoubt: attempt.inDoubt }, signal),
    isFinal: (known) => isSettled(known.order, known.payments, serverClock.now()),
    interval: () => (isAwaited() ? POLL_SOON_MS : 2 * POLL_INTERVAL_MS),
  });
  const { order, payments } = data;
  const attempt = usePayment(order.id, refresh, pay);
  const seconds = useSecondsLeft(order.expiresAt, renderedAt);

  const served = orderView(order, payments);
  const view: OrderView =
    served.kind === 'open' && attempt.declined
      ? { kind: 'declined', reason: attempt.declined }
      : UNCHARGED.includes(served.kind) && (attempt.busy || attempt.inDoubt)
        ? { kind: 'paying' }
        : served;
  const [firstKind] = useState(view.kind);

  /** The next response is expected to bring the outcome of something. */
  const isAwaited = (): boolean =>
    attempt.busy ||
    attempt.inDoubt ||
    data.isUnconfirmed === true ||
    view.kind === 'paying' ||
    (view.kind === 'open' && seconds === 0);

  const next = () => {
    if (connection === 'signed-out') return <SignedOut orderId={order.id} />;
    if (view.kind === 'paying')
      return (
        <Waiting title="Your payment is being processed">
          This takes a moment. Please don’t pay again.
        </Waiting>
      );
    if (view.kind !== 'open')
      return <OrderOutcome order={order} view={view} witnessed={view.kind !== firstKind} />;
    if (data.isUnconfirmed)
      return (
        <Waiting title="We’re asking your bank">
          Please don’t pay again. This page shows the outcome as soon as it’s known.
        </Waiting>
      );
    if (attempt.inDoubt)
      return (
        <Waiting title="We don’t know yet whether you’ve paid">
          Please don’t pay again. This page shows the outcome as soon as it’s known.
        </Waiting>
      );
    if (seconds === 0 && !attempt.busy)
      return <Waiting title="Your time to pay is up">We’re checking the status of your order.</Waiting>;
    return (
      <>
        <PaymentPanel
          orderId={order.id}
          price={order.ticket.price}
          publishableKey={publishableKey}
          attempt={attempt}
          declined={view.declined}
          unfinished={view.unfinished}
        />
        <CancelButton orderId={order.id} disabled={attempt.busy} onSettled={refresh} action={cancel} />
      </>
    );
  };

  return (
    <>
      <div className="row g-4">
        <div className="col-lg-6">
          <OrderSummary order={order} kind={view.kind} renderedAt={renderedAt} />
        </div>
        <div className="col-lg-6">
          <Panel>{next()}</Panel>
        </div>
      </div>
      <LiveStatus connection={connection} />
    </>
  );
};
