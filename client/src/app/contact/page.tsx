import type { Metadata } from 'next';
import { getConfig } from '@/shared/server/config';
import { NavLink } from '@/shared/ui/nav-link';
import { TextPage } from '@/shared/ui/text-page';

export const metadata: Metadata = {
  title: 'Contact',
  description: 'How to reach us, and what to have at hand.',
};

/** The address is this installation's configuration, read for each request. */
export const dynamic = 'force-dynamic';

const ContactPage = () => {
  const { contactEmail } = getConfig();
  return (
    <TextPage title="Contact">
      <p>
        Many questions are answered on the <NavLink href="/help">help page</NavLink>.
      </p>
      {contactEmail ? (
        <p>
          Write to <a href={`mailto:${contactEmail}`}>{contactEmail}</a>. For a question about an order,
          include its order number, from <NavLink href="/orders">My orders</NavLink>. Never send us your
          password or card number.
        </p>
      ) : (
        <p>This shop is a demonstration, without a staffed address: no real tickets are sold here.</p>
      )}
    </TextPage>
  );
};

export default ContactPage;
