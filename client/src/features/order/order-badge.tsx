import { Badge, type Tone } from '@/shared/ui/badge';
import type { OrderView } from './order-view';

const badges: Record<OrderView['kind'], [Tone, string]> = {
  open: ['warning', 'Awaiting payment'],
  paying: ['warning', 'Payment in progress'],
  complete: ['success', 'Complete'],
  disputed: ['warning', 'Payment disputed'],
  'charged-back': ['secondary', 'Returned by your bank'],
  expired: ['secondary', 'Expired'],
  cancelled: ['secondary', 'Cancelled'],
  withdrawn: ['secondary', 'Withdrawn'],
  declined: ['danger', 'Card declined'],
  refunding: ['warning', 'Refund in progress'],
  refunded: ['secondary', 'Refunded'],
};

export const OrderBadge = ({ kind }: { kind: OrderView['kind'] }) => {
  const [tone, label] = badges[kind];
  return <Badge tone={tone}>{label}</Badge>;
};
