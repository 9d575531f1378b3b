import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import { toApiError } from './errors';
import { nextCursor } from './link-header';
import type { Order, Payment, Ticket, TicketPage, TicketQuery, User } from './types';

export interface TicketInput {
  title: string;
  price: number;
}

export interface AccountChange {
  email?: string;
  password?: string;
  currentPassword: string;
}

type Options = Pick<AxiosRequestConfig, 'signal' | 'timeout'>;

/** Stripe may take its time, and an unanswered charge is the one call that must not be repeated lightly. */
const PAYMENT_TIMEOUT_MS = 60_000;

/** The services' HTTP interface, over an axios that knows where they are. */
export const marketplace = (http: AxiosInstance) => {
  const call = async <T>(config: AxiosRequestConfig) => {
    try {
      return await http.request<T>(config);
    } catch (error) {
      throw toApiError(error);
    }
  };
  const get = async <T>(url: string, options?: Options) => (await call<T>({ url, ...options })).data;
  const id = encodeURIComponent;

  return {
    currentUser: async (options?: Options) =>
      (await get<{ currentUser: User | null }>('/api/users/currentuser', options)).currentUser,
    signUp: (data: { email: string; password: string }) =>
      call<User>({ method: 'post', url: '/api/users/signup', data }),
    signIn: (data: { email: string; password: string }) =>
      call<User>({ method: 'post', url: '/api/users/signin', data }),
    signOut: () => call({ method: 'post', url: '/api/users/signout', data: {} }),
    updateAccount: (data: AccountChange) =>
      call<User>({ method: 'put', url: '/api/users/currentuser', data }),

    tickets: async (params: TicketQuery, options?: Options): Promise<TicketPage> => {
      const { data, headers } = await call<Ticket[]>({ url: '/api/tickets', params, ...options });
      return { tickets: data, next: nextCursor(headers.link as string | undefined) };
    },
    ticket: (ticketId: string, options?: Options) => get<Ticket>(`/api/tickets/${id(ticketId)}`, options),
    createTicket: async (data: TicketInput) =>
      (await call<Ticket>({ method: 'post', url: '/api/tickets', data })).data,
    updateTicket: async (ticketId: string, data: TicketInput) =>
      (await call<Ticket>({ method: 'put', url: `/api/tickets/${id(ticketId)}`, data })).data,

    orders: (options?: Options) => get<Order[]>('/api/orders', options),
    order: (orderId: string, options?: Options) => get<Order>(`/api/orders/${id(orderId)}`, options),
    createOrder: async (data: { ticketId: string; ticketVersion: number }) =>
      (await call<Order>({ method: 'post', url: '/api/orders', data })).data,
    cancelOrder: (orderId: string) => call({ method: 'delete', url: `/api/orders/${id(orderId)}` }),

    payments: (orderId: string, options?: Options) =>
      get<Payment[]>(`/api/payments?orderId=${id(orderId)}`, options),
    pay: async (data: { token: string; orderId: string }) =>
      (
        await call<{ id: string }>({
          method: 'post',
          url: '/api/payments',
          data,
          timeout: PAYMENT_TIMEOUT_MS,
        })
      ).data,
  };
};

export type Marketplace = ReturnType<typeof marketplace>;
