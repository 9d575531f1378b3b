'use client';

import { usePoll } from '@/shared/polling/use-poll';
import { api } from '@/shared/api/browser';
import { followTicket, type TicketState } from './ticket-state';
import { signInPath, signUpPath } from '@/shared/next-path';
import { BuyPanel } from './buy-panel';
import { LiveStatus } from '@/shared/polling/live-status';
import { Money, Time } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { TicketBadge } from '@/shared/ui/status-badge';
import { TicketArt } from './ticket-art';

interface LiveTicketProps {
  state: TicketState;
  userId?: string;
}

const OwnerPanel = ({ ticket }: Pick<TicketState, 'ticket'>) => {
  if (ticket.status === 'sold') return <p>You sold this ticket. Somebody is very happy right now.</p>;
  if (ticket.status === 'reserved')
    return <p>Somebody is buying your ticket right now. Until they pay or give up, it can’t be changed.</p>;
  return (
    <>
      <p>This is your ticket, and it is on sale.</p>
      <NavLink className="btn btn-primary btn-lg w-100" href={`/tickets/${ticket.id}/edit`}>
        Edit title or price
      </NavLink>
    </>
  );
};

const TakenPanel = ({ state: { ticket, mine } }: LiveTicketProps) => {
  if (mine)
    return (
      <>
        <p>{ticket.status === 'sold' ? 'This ticket is yours. Enjoy!' : 'You are holding this ticket.'}</p>
        <NavLink className="btn btn-primary btn-lg w-100" href={`/orders/${ticket.orderId}`}>
          {ticket.status === 'sold' ? 'See your order' : 'Go on to payment'}
        </NavLink>
      </>
    );
  if (ticket.status === 'sold')
    return (
      <>
        <p>This one has found its fan. There may be others like it.</p>
        <NavLink className="btn btn-outline-primary w-100" href="/">
          See tickets on sale
        </NavLink>
      </>
    );
  return (
    <p>
      Somebody else is buying it right now. If they don’t pay in time it goes back on sale, and this page
      shows it at once.
    </p>
  );
};

const SignedOutPanel = ({ path }: { path: string }) => (
  <>
    <NavLink className="btn btn-primary btn-lg w-100" href={signInPath(path)}>
      Sign in to buy
    </NavLink>
    <p className="mt-3 mb-0">
      New here? <NavLink href={signUpPath(path)}>Create an account</NavLink>, it takes a few seconds.
    </p>
  </>
);

/** One ticket, followed live: for sale, taken, or the visitor's own. */
export const LiveTicket = ({ state: initial, userId }: LiveTicketProps) => {
  const { data, connection, update } = usePoll<TicketState>({
    initial,
    load: (signal, known) => followTicket(api, known, userId, signal),
  });
  const { ticket } = data;

  const panel = () => {
    if (userId && ticket.userId === userId) return <OwnerPanel ticket={ticket} />;
    if (userId && !data.mine)
      return (
        <BuyPanel
          ticket={ticket}
          onTicket={(fresh) => update({ ...data, ticket: fresh })}
          taken={<TakenPanel state={data} />}
        />
      );
    if (ticket.status !== 'available') return <TakenPanel state={data} />;
    return <SignedOutPanel path={`/tickets/${ticket.id}`} />;
  };

  return (
    <article className="big-ticket">
      <div className="big-ticket__art">
        <TicketArt title={ticket.title} />
      </div>
      <div className="big-ticket__stub">
        <div aria-live="polite">
          <TicketBadge status={ticket.status} />
        </div>
        <h1 className="big-ticket__title">{ticket.title}</h1>
        <p className="big-ticket__meta">
          {ticket.seller ? (
            <>
              Sold by <strong>{ticket.seller.name}</strong>
            </>
          ) : (
            'Sold by a fan'
          )}
          , listed <Time iso={ticket.createdAt} />
        </p>
        <p className="big-ticket__price" aria-live="polite">
          <Money amount={ticket.price} />
        </p>
        <div className="big-ticket__panel">{panel()}</div>
        <noscript>
          <p className="form-text">Buying needs JavaScript, which is off in your browser.</p>
        </noscript>
      </div>
      <LiveStatus connection={connection} />
    </article>
  );
};
