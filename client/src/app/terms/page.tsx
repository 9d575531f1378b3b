import type { Metadata } from 'next';
import { NavLink } from '@/shared/ui/nav-link';
import { TextPage } from '@/shared/ui/text-page';

export const metadata: Metadata = {
  title: 'Terms',
  description: 'The rules for buying and selling tickets here.',
};

const TermsPage = () => (
  <TextPage title="Terms">
    <h2>Selling</h2>
    <p>
      List only tickets that are yours to sell, and describe them truthfully. While a buyer has reserved a
      ticket, you can’t change it. Once it is sold, it belongs to the buyer.
    </p>
    <h2>Buying</h2>
    <p>
      You pay the price that the ticket had when you reserved it, whatever the seller changes afterwards. Each
      ticket is sold to one buyer. A reservation ends when its time is up, or when you cancel it.
    </p>
    <h2>Your account</h2>
    <p>
      One person, one account. Keep your password to yourself: what is done with your account counts as done
      by you.
    </p>
    <h2>Money</h2>
    <p>
      Prices are in US dollars, and include our service fee; the seller gets the rest. Payments are made
      through Stripe. For money back, see <NavLink href="/refunds">refunds</NavLink>.
    </p>
  </TextPage>
);

export default TermsPage;
