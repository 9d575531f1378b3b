export interface User {
  id: string;
  email: string;
}

export type TicketStatus = 'available' | 'reserved' | 'sold';

export interface Ticket {
  id: string;
  title: string;
  price: number;
  userId: string;
  version: number;
  status: TicketStatus;
  orderId?: string;
  seller?: { id: string; name: string };
  createdAt: string;
}

export type OrderStatus = 'created' | 'cancelled' | 'awaiting:payment' | 'complete';
export type CancelReason = 'buyer' | 'expired' | 'payment-failed';

export interface Order {
  id: string;
  status: OrderStatus;
  userId: string;
  expiresAt: string;
  version: number;
  reason?: CancelReason;
  ticket: { id: string; title: string; price: number; version: number };
  createdAt: string;
}

export type PaymentStatus = 'pending' | 'succeeded' | 'failed' | 'rejected' | 'refunding' | 'refunded';

export interface Payment {
  id: string;
  orderId: string;
  /** In the currency's minor unit. */
  amount: number;
  currency: string;
  status: PaymentStatus;
  stripeId?: string;
  stripeRefundId?: string;
  message?: string;
  createdAt: string;
}

export const ticketSorts = ['newest', 'price', '-price'] as const;
export type TicketSort = (typeof ticketSorts)[number];

export interface TicketQuery {
  q?: string;
  sort?: TicketSort;
  cursor?: string;
  limit?: number;
  seller?: 'me';
}

export interface TicketPage {
  tickets: Ticket[];
  /** The cursor of the next page, absent on the last one. */
  next?: string;
}
