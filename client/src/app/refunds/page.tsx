import type { Metadata } from 'next';
import { NavLink } from '@/shared/ui/nav-link';
import { TextPage } from '@/shared/ui/text-page';

export const metadata: Metadata = {
  title: 'Refunds',
  description: 'When you get money back, and how.',
};

const RefundsPage = () => (
  <TextPage title="Refunds">
    <h2>You are never charged for a ticket you don’t get</h2>
    <p>
      If your payment arrives after the reservation has ended, we refund all of it, without being asked. The
      order’s page shows the refund; your bank may take some days to show it, too.
    </p>
    <h2>Cancelling</h2>
    <p>You can cancel an order until it is paid for. Nothing is charged, so there is nothing to refund.</p>
    <h2>After the purchase</h2>
    <p>
      You can’t cancel a completed purchase. The seller can, for some time after the sale: if they can’t hand
      over the ticket, they refund you all of it, the order’s page says so, and the ticket isn’t yours any
      more.
    </p>
    <p>
      If the ticket isn’t what was described, or the event doesn’t take place,{' '}
      <NavLink href="/contact">write to us</NavLink> with the order number from{' '}
      <NavLink href="/orders">My orders</NavLink>.
    </p>
  </TextPage>
);

export default RefundsPage;
