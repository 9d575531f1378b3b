import { randomUUID } from 'node:crypto';
import { cookieOf, USER } from '../contenders/session';
import { orderRequest, ticketRequest } from '../contenders/through-api';
import type { LoadRequest } from '../driver/protocol';
import { measureLoad, requestsOf, type Row } from './row';

const UNIT = 'requests/s';
/** The sandbox answers this token after 30 ms: about what a near payment provider takes at best. */
const TOKEN = 'tok_slow_30';
const PASSWORD = 'correct horse';
/** More than enough: a password's hash alone takes a core some 40 ms. */
const ACCOUNTS_PER_SECOND = 400;
/** Hashes run on four threads; more requests at once only wait. */
const ACCOUNT_CONNECTIONS = 8;

export const ticketCreated: Row = {
  name: 'ticket created',
  outputs: [{ name: 'ticket created', unit: UNIT }],
  measure: (subject) =>
    measureLoad(subject, [201], {
      origin: subject.contender.origins.tickets,
      requests: [ticketRequest()],
      repeat: true,
      durationMs: subject.effort.durationMs,
    }),
};

export const order: Row = {
  name: 'order',
  outputs: [{ name: 'order on distinct tickets', unit: UNIT }],
  measure: async (subject) => {
    const ids = await subject.contender.tickets(requestsOf(subject));
    return measureLoad(subject, [201], {
      origin: subject.contender.origins.orders,
      requests: ids.map(orderRequest),
    });
  },
};

export const paymentRequest = (orderId: string): LoadRequest => ({
  method: 'POST',
  path: '/api/payments',
  body: JSON.stringify({ token: TOKEN, orderId }),
  cookie: cookieOf(USER),
});

export const payment: Row = {
  name: 'payment',
  outputs: [{ name: 'payment (Stripe takes 30 ms)', unit: UNIT }],
  measure: async (subject) => {
    const ids = await subject.contender.orders(Math.ceil(requestsOf(subject) / 2));
    return measureLoad(subject, [201], {
      origin: subject.contender.origins.payments,
      requests: ids.map(paymentRequest),
    });
  },
};

/** The request that signs up, or in. */
export const account = (path: string, email: string): LoadRequest => ({
  method: 'POST',
  path,
  body: JSON.stringify({ email, password: PASSWORD }),
});

const newAccounts = (durationMs: number): LoadRequest[] =>
  Array.from({ length: Math.ceil((durationMs / 1_000) * ACCOUNTS_PER_SECOND) }, () =>
    account('/api/users/signup', `${randomUUID()}@example.com`),
  );

export const signUp: Row = {
  name: 'sign-up',
  outputs: [{ name: 'sign-up', unit: UNIT }],
  measure: (subject) =>
    measureLoad(subject, [201], {
      origin: subject.contender.origins.auth,
      requests: newAccounts(subject.effort.durationMs),
      durationMs: subject.effort.durationMs,
      connections: ACCOUNT_CONNECTIONS,
    }),
};

const KNOWN = 'known@example.com';

export const signIn: Row = {
  name: 'sign-in',
  outputs: [{ name: 'sign-in', unit: UNIT }],
  prepare: async (subject) =>
    void (await measureLoad(subject, [201], {
      origin: subject.contender.origins.auth,
      requests: [account('/api/users/signup', KNOWN)],
      connections: 1,
    })),
  measure: (subject) =>
    measureLoad(subject, [200], {
      origin: subject.contender.origins.auth,
      requests: [account('/api/users/signin', KNOWN)],
      repeat: true,
      durationMs: subject.effort.durationMs,
      connections: ACCOUNT_CONNECTIONS,
    }),
};
