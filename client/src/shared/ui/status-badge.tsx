import type { OrderView } from '@/features/order/order-view';
import type { TicketStatus } from '@/shared/api/types';

const ticketLabels: Record<TicketStatus, string> = {
  available: 'On sale',
  reserved: 'Reserved',
  sold: 'Sold',
};

const orderLabels: Record<OrderView['kind'], string> = {
  open: 'Waiting for payment',
  paying: 'Payment in progress',
  complete: 'Complete',
  expired: 'Expired',
  cancelled: 'Cancelled',
  declined: 'Card declined',
  refunding: 'Refund on its way',
  refunded: 'Refunded',
};

const tones: Record<TicketStatus | OrderView['kind'], string> = {
  available: 'good',
  reserved: 'wait',
  sold: 'quiet',
  open: 'wait',
  paying: 'wait',
  complete: 'good',
  expired: 'quiet',
  cancelled: 'quiet',
  declined: 'bad',
  refunding: 'wait',
  refunded: 'quiet',
};

const Badge = ({ tone, label }: { tone: string; label: string }) => (
  <span className={`status status--${tone}`}>{label}</span>
);

export const TicketBadge = ({ status }: { status: TicketStatus }) => (
  <Badge tone={tones[status]} label={ticketLabels[status]} />
);

export const OrderBadge = ({ kind }: { kind: OrderView['kind'] }) => (
  <Badge tone={tones[kind]} label={orderLabels[kind]} />
);
