import type { Ticket } from '@ticketing/common/api';
import type { FormAction } from '@/shared/form/form-state';
import { signInPath, signUpPath } from '@/shared/next-path';
import { NavLink } from '@/shared/ui/nav-link';
import { RefundForm } from './refund-form';
import { SaleSwitch } from './sale-switch';

/** What a seller can do with a ticket, without the page's script. */
export interface SellerActions {
  /** Withdraws the ticket, or puts it back on sale. */
  changeSale: FormAction;
  /** Refunds its buyer. */
  refund: FormAction;
}

interface OwnerPanelProps {
  ticket: Ticket;
  onTicket: (ticket: Ticket) => void;
  /** The seller has just refunded the buyer. */
  refunded: boolean;
  onRefund: (ticket?: Ticket) => void;
  actions: SellerActions;
}

/** For the seller. */
export const OwnerPanel = ({ ticket, onTicket, refunded, onRefund, actions }: OwnerPanelProps) => (
  <>
    {refunded && (
      <p className="alert alert-success" role="status">
        The buyer gets their money back.
      </p>
    )}
    <OwnTicket {...{ ticket, onTicket, refunded, onRefund, actions }} />
  </>
);

const OwnTicket = ({ ticket, onTicket, refunded, onRefund, actions }: OwnerPanelProps) => {
  const { id, status } = ticket;
  if (status === 'sold')
    return refunded ? (
      <p>In a moment this page shows what has become of the ticket.</p>
    ) : (
      <>
        <p>You’ve sold this ticket.</p>
        <RefundForm ticket={ticket} onRefund={onRefund} action={actions.refund} />
      </>
    );
  if (status === 'reserved')
    return (
      <p>A buyer has reserved your ticket. You can edit it again if they cancel or don’t pay in time.</p>
    );
  return (
    <>
      <p>
        {status === 'withdrawn'
          ? 'This ticket is withdrawn: it isn’t listed, and no one can buy it.'
          : 'Your ticket is on sale.'}
      </p>
      <NavLink className="btn btn-primary btn-lg w-100" href={`/tickets/${id}/edit`}>
        Edit title or price
      </NavLink>
      <SaleSwitch ticket={ticket} onTicket={onTicket} action={actions.changeSale} />
    </>
  );
};

/** For the buyer who has reserved or bought the ticket. */
export const BuyerPanel = ({ ticket: { status, orderId } }: { ticket: Ticket }) => (
  <>
    <p>{status === 'sold' ? 'This ticket is yours. Enjoy!' : 'This ticket is reserved for you.'}</p>
    <NavLink className="btn btn-primary btn-lg w-100" href={`/orders/${orderId ?? ''}`}>
      {status === 'sold' ? 'View order' : 'Continue to payment'}
    </NavLink>
  </>
);

/** For everyone else, once the ticket is reserved, sold or withdrawn. */
export const TakenPanel = ({ status }: Pick<Ticket, 'status'>) =>
  status !== 'reserved' ? (
    <>
      <p>
        {status === 'sold' ? 'This ticket has been sold.' : 'The seller has withdrawn this ticket.'} There may
        be others like it.
      </p>
      <NavLink className="btn btn-outline-primary w-100" href="/">
        Browse tickets
      </NavLink>
    </>
  ) : (
    <p>
      Another buyer has reserved this ticket. If they don’t pay in time, it goes back on sale and you can buy
      it here.
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
        New here? <NavLink href={signUpPath(path)}>Create an account</NavLink>. It takes a few seconds.
      </p>
    </>
  );
};

/** While it is not known whether the visitor is signed in; the header keeps trying. */
export const AccountAwayPanel = () => (
  <p className="mb-0" role="status">
    We can’t reach your account right now, so you can’t buy just yet. You can as soon as it’s back: this page
    keeps trying.
  </p>
);
