import { randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorBody, Order, Payment, PaymentIntent, Ticket, User, Payouts } from '@ticketing/common/api';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { mapAsync, range } from 'es-toolkit';
import { assertDocumented } from './contract';

/** Many connections, kept open, as the browsers of many customers have them. */
const agent = new Agent({ keepAlive: true, maxSockets: 400 });

/** A response of any status: tests say which one they expect. */
export type Answer<Body> = AxiosResponse<Body>;

/** A response that never comes has to fail a test, too. */
const REQUEST_TIMEOUT_MS = 30_000;

const httpFor = (baseURL: string): AxiosInstance => {
  const http = axios.create({
    baseURL,
    httpAgent: agent,
    timeout: REQUEST_TIMEOUT_MS,
    validateStatus: () => true,
    // The system under test is on this machine or was named: no proxy is in between.
    proxy: false,
  });
  http.interceptors.response.use((response) => {
    const { config, status, headers, data } = response as AxiosResponse<unknown>;
    const { method = 'get', url = '' } = config;
    assertDocumented({ method, url, status, headers: headers as Record<string, string>, body: data });
    return response;
  });
  return http;
};

export const PASSWORD = 'correct-horse';
const unique = (): string => randomBytes(6).toString('hex');
export const uniqueEmail = (): string => `customer-${unique()}@example.com`;
export const uniqueWord = (): string => `w${unique()}`;

export interface Credentials {
  email: string;
  password: string;
}

/** An HTTP client with a session of its own; every response is checked against the OpenAPI document. */
export class Customer {
  private readonly http: AxiosInstance;
  private cookie?: string;
  user?: User;

  constructor(readonly url: string) {
    this.http = httpFor(url);
    this.http.interceptors.request.use((config) => {
      if (this.cookie) config.headers.set('Cookie', this.cookie);
      return config;
    });
  }

  /** @throws Error when the account is not created */
  static async signedUp(url: string, email = uniqueEmail()): Promise<Customer> {
    const customer = new Customer(url);
    await expectStatus(customer.signUp({ email, password: PASSWORD }), 201);
    return customer;
  }

  /** Somebody who has got hold of this customer's session. */
  copy(): Customer {
    const other = new Customer(this.url);
    other.cookie = this.cookie;
    other.user = this.user;
    return other;
  }

  get id(): string {
    if (!this.user) throw new Error('This customer has not signed up or in');
    return this.user.id;
  }

  async request<Body>(method: string, url: string, data?: unknown, params?: object): Promise<Answer<Body>> {
    const response = await this.http.request<Body>({ method, url, data, params });
    const session = response.headers['set-cookie']?.find((value) => /^(__Host-)?session=/.test(value));
    if (session) this.cookie = session.split(';')[0];
    return response;
  }

  private async open(path: string, credentials: Credentials): Promise<Answer<User & ErrorBody>> {
    const response = await this.request<User & ErrorBody>('post', path, credentials);
    if (response.status < 300) this.user = response.data;
    return response;
  }

  signUp = (credentials: Credentials) => this.open('/api/users/signup', credentials);
  signIn = (credentials: Credentials) => this.open('/api/users/signin', credentials);
  signOut = (body: { everywhere?: boolean } = {}) => this.request<object>('post', '/api/users/signout', body);
  currentUser = () => this.request<{ currentUser: User | null }>('get', '/api/users/currentuser');
  changeAccount = (changes: object) =>
    this.request<User & ErrorBody>('put', '/api/users/currentuser', changes);

  tickets = (params?: object) => this.request<Ticket[]>('get', '/api/tickets', undefined, params);
  ticket = (id: string) => this.request<Ticket & ErrorBody>('get', `/api/tickets/${id}`);
  sell = (title: string, price: number) =>
    this.request<Ticket & ErrorBody>('post', '/api/tickets', { title, price });
  edit = (id: string, title: string, price: number) =>
    this.request<Ticket & ErrorBody>('put', `/api/tickets/${id}`, { title, price });
  withdraw = (id: string) => this.request<Ticket & ErrorBody>('post', `/api/tickets/${id}/withdrawal`);
  relist = (id: string) => this.request<Ticket & ErrorBody>('delete', `/api/tickets/${id}/withdrawal`);

  orders = () => this.request<Order[]>('get', '/api/orders');
  order = (id: string) => this.request<Order & ErrorBody>('get', `/api/orders/${id}`);
  buy = (ticketId: string, ticketVersion?: number) =>
    this.request<Order & ErrorBody>('post', '/api/orders', { ticketId, ticketVersion });
  payouts = () => this.request<Payouts>('get', '/api/payouts');
  refund = (orderId: string, relist: boolean) =>
    this.request<ErrorBody | ''>('post', `/api/orders/${orderId}/refund`, { relist });
  cancel = (orderId: string) => this.request<ErrorBody | ''>('delete', `/api/orders/${orderId}`);

  payments = (orderId: string) => this.request<Payment[]>('get', '/api/payments', undefined, { orderId });
  openIntent = (orderId: string) =>
    this.request<PaymentIntent & ErrorBody>('post', '/api/payments/intents', { orderId });
  refreshIntent = (paymentId: string) =>
    this.request<Payment & ErrorBody>('post', `/api/payments/intents/${paymentId}/refresh`);
  pay = (orderId: string, token = 'tok_visa') =>
    this.request<{ id: string; attemptsLeft?: number } & ErrorBody>('post', '/api/payments', {
      token,
      orderId,
    });
}

/** Far more than an overload lasts. */
const MAX_ASKS = 60;

/** Repeats a request that a busy machine's system refuses unread (503), as clients do; any other answer is final. */
export const insist = async <Body>(ask: () => Promise<Answer<Body>>): Promise<Answer<Body>> => {
  for (let asked = 1; ; asked += 1) {
    const answer = await ask();
    if (answer.status !== 503 || asked === MAX_ASKS) return answer;
    await sleep(1_000 * Number(answer.headers['retry-after'] ?? 1) * (0.5 + Math.random()));
  }
};

/** Several customers; few sign up at the same time, because hashing passwords is expensive. */
export const signUpMany = (url: string, size: number): Promise<Customer[]> =>
  mapAsync(range(size), () => Customer.signedUp(url), { concurrency: 4 });

/**
 * @returns the body of a response with this status
 * @throws Error with the body of a response with another status
 */
export const expectStatus = async <Body>(answer: Promise<Answer<Body>>, status: number): Promise<Body> => {
  const { status: actual, data, config } = await answer;
  if (actual === status) return data;
  const request = `${config.method?.toUpperCase()} ${config.url}`;
  throw new Error(`${request} answered ${actual} instead of ${status}: ${JSON.stringify(data)}`);
};
