import 'server-only';
import { cookies, headers } from 'next/headers';
import { NextResponse } from 'next/server';
import createClient from 'openapi-fetch';
import { cache } from 'react';
import { getConfig } from '../server/config';
import { within, type Http, type Send } from './http';
import { marketplace, type Marketplace } from './marketplace';

const FORWARDED = ['cookie', 'x-request-id', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];
const send = within(8_000);

/** Hands the cookies that a service sets on to the visitor's browser. */
const relayCookies: Send = async (request) => {
  const response = await send(request);
  const jar = await cookies();
  // An empty value, as signing out sets it, is left out there.
  for (const { value = '', ...cookie } of new NextResponse(null, {
    headers: response.headers,
  }).cookies.getAll()) {
    // The session is base64. Next.js would percent-encode its padding, which the services can do without.
    jar.set({ ...cookie, value: value.replace(/=+$/, '') });
  }
  return response;
};

const connect = async (fetch: Send): Promise<Marketplace> => {
  const incoming = await headers();
  const forwarded = Object.fromEntries(FORWARDED.map((name) => [name, incoming.get(name)]));
  const { services } = getConfig();
  const http = (baseUrl: string): Http => createClient({ baseUrl, fetch, headers: forwarded });
  return marketplace({
    auth: http(services.auth),
    tickets: http(services.tickets),
    orders: http(services.orders),
    payments: http(services.payments),
  });
};

/** The services, called for this request's visitor: with their cookie, and under the request's own id. */
export const serverApi = cache(() => connect(send));

/** The same for a posted form, which may also sign its visitor in or out. */
export const actionApi = () => connect(relayCookies);
