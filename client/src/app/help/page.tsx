import type { Metadata } from 'next';
import { NavLink } from '@/shared/ui/nav-link';
import { TextPage } from '@/shared/ui/text-page';

export const metadata: Metadata = {
  title: 'Help',
  description: 'How to buy and sell tickets, and what to do when something goes wrong.',
};

const HelpPage = () => (
  <TextPage title="Help">
    <h2>Buying</h2>
    <p>
      Open a ticket and choose <strong>Buy this ticket</strong>. It is then reserved for you, and the order’s
      page shows how much time you have to pay. No one else can buy it in that time.
    </p>
    <p>
      Once your payment has gone through, the ticket is yours. You find it, with its receipt, under{' '}
      <NavLink href="/orders">My orders</NavLink>.
    </p>
    <h2>If you don’t pay in time</h2>
    <p>The reservation ends, you aren’t charged, and the ticket goes back on sale. You can buy it again.</p>
    <h2>If your card is declined</h2>
    <p>
      You aren’t charged. The order’s page shows the bank’s reason. While the ticket is reserved for you, you
      can try another card.
    </p>
    <h2>Selling</h2>
    <p>
      <NavLink href="/tickets/new">List a ticket</NavLink> with its event and price. Until someone reserves
      it, you can change both, or withdraw it from sale. What you listed, and what was sold, is under{' '}
      <NavLink href="/tickets/mine">My tickets</NavLink>.
    </p>
    <h2>If a page stops updating</h2>
    <p>
      Pages show changes by themselves, within seconds. If a page says that the connection is lost, it
      reconnects on its own; reloading it does no harm, and never repeats a payment.
    </p>
    <p>
      Still stuck? See <NavLink href="/contact">how to reach us</NavLink>.
    </p>
  </TextPage>
);

export default HelpPage;
