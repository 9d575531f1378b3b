import type { Ticket } from '@ticketing/common/api';
import { signInPath, signUpPath } from '@/shared/next-path';
import { NavLink } from '@/shared/ui/nav-link';

/** For the seller. */
export const OwnerPanel = ({ ticket: { id, status } }: { ticket: Ticket }) => {
  if (status === 'sold') return <p>You sold this ticket. Somebody is very happy right now.</p>;
  if (status === 'reserved')
    return <p>Somebody is buying your ticket right now. Until they pay or give up, it can’t be changed.</p>;
  return (
    <>
      <p>This is your ticket, and it is on sale.</p>
      <NavLink className="btn btn-primary btn-lg w-100" href={`/tickets/${id}/edit`}>
        Edit title or price
      </NavLink>
    </>
  );
};

/** For the buyer who has reserved or bought the ticket. */
export const BuyerPanel = ({ ticket: { status, orderId } }: { ticket: Ticket }) => (
  <>
    <p>{status === 'sold' ? 'This ticket is yours. Enjoy!' : 'You are holding this ticket.'}</p>
    <NavLink className="btn btn-primary btn-lg w-100" href={`/orders/${orderId ?? ''}`}>
      {status === 'sold' ? 'See your order' : 'Go on to payment'}
    </NavLink>
  </>
);

/** For everyone else, once the ticket is reserved or sold. */
export const TakenPanel = ({ status }: Pick<Ticket, 'status'>) =>
  status === 'sold' ? (
    <>
      <p>This one has found its fan. There may be others like it.</p>
      <NavLink className="btn btn-outline-primary w-100" href="/">
        See tickets on sale
      </NavLink>
    </>
  ) : (
    <p>
      Somebody else is buying it right now. If they don’t pay in time it goes back on sale, and this page
      shows it at once.
    </p>
  );

/** For visitors who are not signed in. */
export const SignInPanel = ({ ticketId }: { ticketId: string }) => {
  const path = `/tickets/${ticketId}`;
  return (
    <>
      <NavLink className="btn btn-primary btn-lg w-100" href={signInPath(path)}>
        Sign in to buy
      </NavLink>
      <p className="mt-3 mb-0">
        New here? <NavLink href={signUpPath(path)}>Create an account</NavLink>, it takes a few seconds.
      </p>
    </>
  );
};
