export interface User {
  id: string;
  email: string;
}

export interface Ticket {
  id: string;
  title: string;
  price: number;
  userId: string;
  version: number;
  status: 'available' | 'reserved' | 'sold';
  orderId?: string;
  seller?: { id: string; name: string };
  createdAt: string;
}

export interface Order {
  id: string;
  status: 'created' | 'cancelled' | 'awaiting:payment' | 'complete';
  userId: string;
  expiresAt: string;
  version: number;
  reason?: 'buyer' | 'expired' | 'payment-failed';
  ticket: { id: string; title: string; price: number; version: number };
  createdAt: string;
}

export interface Payment {
  id: string;
  orderId: string;
  amount: number;
  currency: string;
  status: 'pending' | 'succeeded' | 'failed' | 'rejected' | 'refunding' | 'refunded';
  stripeId?: string;
  stripeRefundId?: string;
  message?: string;
  createdAt: string;
}

export interface ErrorBody {
  errors: { message: string; field?: string }[];
}
