'use client';

import type { Ticket } from '@ticketing/common/api';
import type { FeeRates } from '@ticketing/common/limits';
import { useState } from 'react';
import { api } from '@/shared/api/browser';
import type { FormAction } from '@/shared/form/form-state';
import { Money, Time } from '@/shared/locale/locale';
import { LiveStatus } from '@/shared/polling/live-status';
import { POLL_INTERVAL_MS } from '@/shared/polling/poller';
import { usePoll } from '@/shared/polling/use-poll';
import { TicketArt } from './art/ticket-art';
import { BuyPanel } from './buy/buy-panel';
import type { PurchaseState } from './buy/reserve';
import styles from './live-ticket.module.css';
import { FeeIncluded, Proceeds } from './fee';
import { TicketBadge } from './ticket-badge';
import {
  AccountAwayPanel,
  BuyerPanel,
  OwnerPanel,
  SignInPanel,
  TakenPanel,
  type SellerActions,
} from './ticket-panels';
import { fetchTicketState, type TicketState } from './ticket-state';

/** What is on sale may be gone any second. */
const ON_SALE_MS = 3_000;

interface LiveTicketProps {
  state: TicketState;
  userId?: string;
  /** Whether the visitor is signed in is not known just now. */
  accountAway?: boolean;
  /** What the marketplace keeps of the price. */
  fee: FeeRates;
  buy: FormAction<PurchaseState>;
  /** The seller has refunded the buyer, on the page before. */
  wasRefunded?: boolean;
  sell: SellerActions;
}

/** One ticket, kept up to date: on sale, taken, or the visitor's own. */
export const LiveTicket = ({
  state: initial,
  userId,
  accountAway,
  wasRefunded = false,
  fee,
  buy,
  sell,
}: LiveTicketProps) => {
  const [refunded, setRefunded] = useState(wasRefunded);
  const { data, connection, update } = usePoll<TicketState>({
    initial,
    load: (signal, known) => fetchTicketState(api, known, userId, signal),
    isFinal: ({ ticket: { status } }) => status === 'sold' && !refunded,
    interval: ({ ticket: { status } }) => (status === 'available' ? ON_SALE_MS : POLL_INTERVAL_MS),
  });
  const { ticket, mine } = data;

  const isOwn = userId !== undefined && ticket.userId === userId;
  /** A sold ticket’s fee is that of its order. */
  const isOffered = ticket.status !== 'sold';

  const panel = () => {
    const onTicket = (fresh: Ticket) => update({ ...data, ticket: fresh });
    const taken = <TakenPanel status={ticket.status} />;
    const onRefund = (fresh?: Ticket) => {
      setRefunded(true);
      if (fresh) onTicket(fresh);
    };
    if (isOwn) return <OwnerPanel {...{ ticket, onTicket, refunded, onRefund }} actions={sell} />;
    if (mine) return <BuyerPanel ticket={ticket} />;
    if (userId) return <BuyPanel ticket={ticket} onTicket={onTicket} taken={taken} action={buy} />;
    if (ticket.status === 'available' && accountAway) return <AccountAwayPanel />;
    return ticket.status === 'available' ? <SignInPanel ticketId={ticket.id} /> : taken;
  };

  return (
    <>
      <article className={styles.ticket}>
        <div className={styles.art}>
          <TicketArt title={ticket.title} />
        </div>
        <div className={styles.stub}>
          <div aria-live="polite">
            <TicketBadge status={ticket.status} />
          </div>
          <h1 className={styles.title}>
            <bdi>{ticket.title}</bdi>
          </h1>
          <p className="mb-3 text-body-secondary text-break">
            {ticket.seller ? (
              <>
                Sold by <bdi className="fw-bold text-body">{ticket.seller.name}</bdi>
              </>
            ) : (
              'Sold by a fan'
            )}
            , listed <Time iso={ticket.createdAt} />
          </p>
          <p className={`figures ${styles.price}`} aria-live="polite">
            <Money amount={ticket.price} />
          </p>
          {isOffered && (
            <p className="form-text mt-n2 mb-3" aria-live="polite">
              {isOwn ? (
                <Proceeds price={ticket.price} rates={fee} />
              ) : (
                <FeeIncluded price={ticket.price} rates={fee} />
              )}
            </p>
          )}
          <div className={styles.panel}>{panel()}</div>
        </div>
      </article>
      <LiveStatus connection={connection} />
    </>
  );
};
