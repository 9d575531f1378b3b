import createClient from 'openapi-fetch';
import { serverClock } from '@/shared/time/server-clock';
import { within, type Http, type Send } from './http';
import { marketplace } from './marketplace';

const send = within(10_000);

/** Every response carries the server's time. */
const observed: Send = async (request) => {
  const sent = Date.now();
  const response = await send(request);
  const date = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(date)) serverClock.observe(date, sent, Date.now());
  return response;
};

const http: Http = createClient({ fetch: observed });

/** The services, as the visitor's browser reaches them: on the shop's own origin. */
export const api = marketplace({ auth: http, tickets: http, orders: http, payments: http });
