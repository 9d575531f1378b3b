import type { Metadata } from 'next';
import { ServiceTrouble } from '@/shared/ui/service-trouble';
import { TicketForm } from '@/features/ticket/ticket-form';
import { load } from '@/shared/server/load';
import { requireUser } from '@/features/account/session';

export const metadata: Metadata = { title: 'Sell a ticket' };

const NewTicketPage = async () => {
  const user = await load(requireUser('/tickets/new'));
  if (!user) return <ServiceTrouble what="your account" />;
  return (
    <div className="container page">
      <h1 className="page-title">Sell a ticket</h1>
      <p className="page-lead">Can’t make it? Somebody would love to go in your place.</p>
      <TicketForm />
    </div>
  );
};

export default NewTicketPage;
