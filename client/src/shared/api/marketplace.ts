import type {
  Credentials,
  NewCredentials,
  operations,
  OrderInput,
  PaymentIntentInput,
  Payouts,
  RefundInput,
  Ticket,
  TicketInput,
  UserChanges,
} from '@ticketing/common/api';
import type { ServiceName } from '../server/config';
import { answered, dataOf, within, type Http } from './http';
import { nextCursor } from './link-header';

export type TicketQuery = NonNullable<operations['listTickets']['parameters']['query']>;

export type PayoutQuery = NonNullable<operations['listPayouts']['parameters']['query']>;

export interface PayoutPage {
  payouts: Payouts;
  /** The cursor of the next page, absent on the last one. */
  next?: string;
}

export interface TicketPage {
  tickets: Ticket[];
  /** The cursor of the next page, absent on the last one. */
  next?: string;
}

type Options = Pick<RequestInit, 'signal'>;

/** Stripe may be slow, and a charge of unknown outcome must not be repeated. */
const PAYMENT_TIMEOUT_MS = 60_000;

/** What the services offer a visitor. Every call rejects with an ApiError where it does not succeed. */
export const marketplace = ({ auth, tickets, orders, payments }: Record<ServiceName, Http>) => ({
  currentUser: async () => (await dataOf(auth.GET('/api/users/currentuser'))).currentUser,
  signUp: (body: NewCredentials) => dataOf(auth.POST('/api/users/signup', { body })),
  signIn: (body: Credentials) => dataOf(auth.POST('/api/users/signin', { body })),
  signOut: () => dataOf(auth.POST('/api/users/signout')),
  signOutEverywhere: () => dataOf(auth.POST('/api/users/signout', { body: { everywhere: true } })),
  updateAccount: (body: UserChanges) => dataOf(auth.PUT('/api/users/currentuser', { body })),

  tickets: async (query: TicketQuery, options?: Options): Promise<TicketPage> => {
    const call = tickets.GET('/api/tickets', { params: { query }, ...options });
    const { data, response } = await answered(call);
    return { tickets: data, next: nextCursor(response.headers.get('link')) };
  },
  ticket: (id: string, options?: Options) =>
    dataOf(tickets.GET('/api/tickets/{id}', { params: { path: { id } }, ...options })),
  createTicket: (body: TicketInput) => dataOf(tickets.POST('/api/tickets', { body })),
  updateTicket: (id: string, body: TicketInput) =>
    dataOf(tickets.PUT('/api/tickets/{id}', { params: { path: { id } }, body })),
  withdrawTicket: (id: string) =>
    dataOf(tickets.POST('/api/tickets/{id}/withdrawal', { params: { path: { id } } })),
  relistTicket: (id: string) =>
    dataOf(tickets.DELETE('/api/tickets/{id}/withdrawal', { params: { path: { id } } })),

  orders: (options?: Options) => dataOf(orders.GET('/api/orders', { ...options })),
  order: (orderId: string, options?: Options) =>
    dataOf(orders.GET('/api/orders/{orderId}', { params: { path: { orderId } }, ...options })),
  createOrder: (body: OrderInput) => dataOf(orders.POST('/api/orders', { body })),
  cancelOrder: (orderId: string) =>
    dataOf(orders.DELETE('/api/orders/{orderId}', { params: { path: { orderId } } })),
  refundOrder: (orderId: string, body: RefundInput) =>
    dataOf(orders.POST('/api/orders/{orderId}/refund', { params: { path: { orderId } }, body })),

  payouts: async (query: PayoutQuery, options?: Options): Promise<PayoutPage> => {
    const call = payments.GET('/api/payouts', { params: { query }, ...options });
    const { data, response } = await answered(call);
    return { payouts: data, next: nextCursor(response.headers.get('link')) };
  },
  payments: (orderId: string, options?: Options) =>
    dataOf(payments.GET('/api/payments', { params: { query: { orderId } }, ...options })),
  openIntent: (body: PaymentIntentInput) =>
    dataOf(payments.POST('/api/payments/intents', { body, fetch: within(PAYMENT_TIMEOUT_MS) })),
  refreshIntent: (id: string, options?: Options) =>
    dataOf(payments.POST('/api/payments/intents/{id}/refresh', { params: { path: { id } }, ...options })),
});

export type Marketplace = ReturnType<typeof marketplace>;
