import 'server-only';
import { headers } from 'next/headers';
import createClient from 'openapi-fetch';
import { cache } from 'react';
import { getConfig } from '../server/config';
import { within, type Http } from './http';
import { marketplace } from './marketplace';

const FORWARDED = ['cookie', 'x-request-id', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];
const send = within(8_000);

/** The services, called for this request's visitor: with their cookie, and under the request's own id. */
export const serverApi = cache(async () => {
  const incoming = await headers();
  const forwarded = Object.fromEntries(FORWARDED.map((name) => [name, incoming.get(name)]));
  const { services } = getConfig();
  const http = (baseUrl: string): Http => createClient({ baseUrl, fetch: send, headers: forwarded });
  return marketplace({
    auth: http(services.auth),
    tickets: http(services.tickets),
    orders: http(services.orders),
    payments: http(services.payments),
  });
});
