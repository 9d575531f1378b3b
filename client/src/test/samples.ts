import type { Order, Payment, Ticket } from '@ticketing/common/api';

export const aTicket = (changes: Partial<Ticket> = {}): Ticket => ({
  id: 'ticket-1',
  title: 'Radiohead, Zenith',
  price: 20,
  userId: 'seller',
  version: 3,
  status: 'available',
  seller: { id: 'seller', name: 'ana' },
  createdAt: '2030-01-01T10:00:00.000Z',
  ...changes,
});

export const anOrder = (changes: Partial<Order> = {}): Order => ({
  id: 'order-1',
  status: 'created',
  userId: 'buyer',
  expiresAt: '2030-01-01T10:15:00.000Z',
  version: 0,
  ticket: { id: 'ticket-1', title: 'Radiohead, Zenith', price: 20, version: 3 },
  createdAt: '2030-01-01T10:00:00.000Z',
  ...changes,
});

export const aPayment = (changes: Partial<Payment> = {}): Payment => ({
  id: 'payment-1',
  orderId: 'order-1',
  amount: 2_000,
  currency: 'usd',
  status: 'succeeded',
  stripeId: 'ch_1',
  createdAt: '2030-01-01T10:05:00.000Z',
  ...changes,
});
