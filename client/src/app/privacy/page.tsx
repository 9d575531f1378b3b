import type { Metadata } from 'next';
import { NavLink } from '@/shared/ui/nav-link';
import { TextPage } from '@/shared/ui/text-page';

export const metadata: Metadata = {
  title: 'Privacy',
  description: 'What this shop stores about you, and what it does not.',
};

const PrivacyPage = () => (
  <TextPage title="Privacy">
    <h2>What we store</h2>
    <p>
      Your email address, a scrambled form of your password that can’t be turned back, the tickets you list,
      and your orders and payments. The part of your email address before the @ is shown to others as the
      seller’s name.
    </p>
    <h2>Your card</h2>
    <p>
      Card details go from your browser to Stripe. They never reach our servers; we keep the amount, the time
      and Stripe’s reference of a payment.
    </p>
    <h2>Cookies</h2>
    <p>One: it keeps you signed in, and ends when you sign out. There is no tracking and no advertising.</p>
    <h2>Your choices</h2>
    <p>
      You can change your email address and password in <NavLink href="/account">your account</NavLink>. To
      have your data removed, <NavLink href="/contact">write to us</NavLink>.
    </p>
  </TextPage>
);

export default PrivacyPage;
