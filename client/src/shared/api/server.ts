import 'server-only';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import { headers } from 'next/headers';
import { cache } from 'react';
import { getConfig, type ServiceName } from '@/shared/server/config';
import { marketplace } from './marketplace';

const TIMEOUT_MS = 8_000;
const FORWARDED = ['cookie', 'x-request-id', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];

const httpAgent = new HttpAgent({ keepAlive: true });
const httpsAgent = new HttpsAgent({ keepAlive: true });

const serviceOf: Record<string, ServiceName> = {
  users: 'auth',
  tickets: 'tickets',
  orders: 'orders',
  payments: 'payments',
};

/** The services, called for this request's visitor: with their cookie, and under the request's own id. */
export const serverApi = cache(async () => {
  const incoming = await headers();
  const forwarded = FORWARDED.flatMap((name) => {
    const value = incoming.get(name);
    return value ? [[name, value]] : [];
  });
  const http = axios.create({
    timeout: TIMEOUT_MS,
    httpAgent,
    httpsAgent,
    proxy: false,
    headers: { Accept: 'application/json', ...Object.fromEntries(forwarded) },
  });
  http.interceptors.request.use((config) => {
    const [, resource] = /^\/api\/([a-z]+)/.exec(config.url ?? '') ?? [];
    config.baseURL = getConfig().services[serviceOf[resource]];
    return config;
  });
  return marketplace(http);
});
