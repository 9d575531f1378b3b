import { randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { assertDocumented } from './contract';
import type { ErrorBody, Order, Payment, Ticket, User } from '@ticketing/common/api';

/** As browsers together would: many connections, kept open. */
const agent = new Agent({ keepAlive: true, maxSockets: 400 });

/** An answer of any status: tests say which one they expect. */
export type Answered<Body> = AxiosResponse<Body>;

/** Whoever waits longer was forgotten: an answer that never comes must fail a test, too. */
const REQUEST_TIMEOUT_MS = 30_000;

const httpFor = (baseURL: string): AxiosInstance => {
  const http = axios.create({
    baseURL,
    httpAgent: agent,
    timeout: REQUEST_TIMEOUT_MS,
    validateStatus: () => true,
    // The system under test is on this machine or was named; no proxy is between.
    proxy: false,
  });
  http.interceptors.response.use((response) => {
    assertDocumented({
      method: response.config.method ?? 'get',
      url: response.config.url ?? '',
      status: response.status,
      headers: response.headers as Record<string, string>,
      body: response.data,
    });
    return response;
  });
  return http;
};

export const uniqueEmail = (): string => `person-${randomBytes(6).toString('hex')}@example.com`;
export const uniqueWord = (): string => `w${randomBytes(6).toString('hex')}`;

/** Somebody with a browser: every answer is checked against the OpenAPI document, the session is kept. */
export class Person {
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

  static async signedUp(url: string, email = uniqueEmail()): Promise<Person> {
    const person = new Person(url);
    const { status, data } = await person.signUp({ email, password: 'correct-horse' });
    if (status !== 201)
      throw new Error(`Signing up ${email} was answered ${status}: ${JSON.stringify(data)}`);
    return person;
  }

  get id(): string {
    if (!this.user) throw new Error('Nobody has signed up or in as this person');
    return this.user.id;
  }

  async request<Body>(method: string, url: string, data?: unknown, params?: object): Promise<Answered<Body>> {
    const response = await this.http.request<Body>({ method, url, data, params });
    const session = response.headers['set-cookie']?.find((value) => value.startsWith('session='));
    if (session) this.cookie = session.split(';')[0];
    return response;
  }

  async signUp(credentials: { email: string; password: string }) {
    const response = await this.request<User & ErrorBody>('post', '/api/users/signup', credentials);
    if (response.status === 201) this.user = response.data;
    return response;
  }

  async signIn(credentials: { email: string; password: string }) {
    const response = await this.request<User & ErrorBody>('post', '/api/users/signin', credentials);
    if (response.status === 200) this.user = response.data;
    return response;
  }

  signOut = () => this.request<object>('post', '/api/users/signout', {});
  currentUser = () => this.request<{ currentUser: User | null }>('get', '/api/users/currentuser');
  changeAccount = (changes: object) =>
    this.request<User & ErrorBody>('put', '/api/users/currentuser', changes);

  tickets = (params?: object) => this.request<Ticket[]>('get', '/api/tickets', undefined, params);
  ticket = (id: string) => this.request<Ticket & ErrorBody>('get', `/api/tickets/${id}`);
  sell = (title: string, price: number) =>
    this.request<Ticket & ErrorBody>('post', '/api/tickets', { title, price });
  edit = (id: string, title: string, price: number) =>
    this.request<Ticket & ErrorBody>('put', `/api/tickets/${id}`, { title, price });

  orders = () => this.request<Order[]>('get', '/api/orders');
  order = (id: string) => this.request<Order & ErrorBody>('get', `/api/orders/${id}`);
  buy = (ticketId: string, ticketVersion?: number) =>
    this.request<Order & ErrorBody>('post', '/api/orders', { ticketId, ticketVersion });
  cancel = (orderId: string) => this.request<ErrorBody | ''>('delete', `/api/orders/${orderId}`);

  payments = (orderId: string) => this.request<Payment[]>('get', '/api/payments', undefined, { orderId });
  pay = (orderId: string, token = 'tok_visa') =>
    this.request<{ id: string } & ErrorBody>('post', '/api/payments', { token, orderId });
}

/** Several people, signed up a few at a time: hashing passwords takes the processor. */
export const crowd = async (url: string, size: number): Promise<Person[]> => {
  const people: Person[] = [];
  while (people.length < size) {
    const some = Math.min(4, size - people.length);
    people.push(...(await Promise.all(Array.from({ length: some }, () => Person.signedUp(url)))));
  }
  return people;
};

/** The body of an answer that must have this status; another one is told with its body. */
export const expectStatus = async <Body>(answer: Promise<Answered<Body>>, status: number): Promise<Body> => {
  const { status: actual, data, config } = await answer;
  if (actual === status) return data;
  throw new Error(
    `${config.method?.toUpperCase()} ${config.url} was answered ${actual} instead of ${status}: ${JSON.stringify(data)}`,
  );
};
