import type { Ticket } from '@ticketing/common/api';
import { Badge, type Tone } from '@/shared/ui/badge';

const badges: Record<Ticket['status'], [Tone, string]> = {
  available: ['success', 'On sale'],
  reserved: ['warning', 'Reserved'],
  sold: ['secondary', 'Sold'],
  withdrawn: ['secondary', 'Withdrawn'],
};

export const TicketBadge = ({ status }: Pick<Ticket, 'status'>) => {
  const [tone, label] = badges[status];
  return <Badge tone={tone}>{label}</Badge>;
};
