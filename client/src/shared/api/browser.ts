import axios from 'axios';
import { serverClock } from '@/shared/time/server-clock';
import { marketplace } from './marketplace';

const http = axios.create({ timeout: 10_000, headers: { Accept: 'application/json' } });

const sentAt = new WeakMap<object, number>();
http.interceptors.request.use((config) => {
  sentAt.set(config, Date.now());
  return config;
});
http.interceptors.response.use((response) => {
  const sent = sentAt.get(response.config);
  const date = Date.parse(String(response.headers.date));
  if (sent !== undefined && !Number.isNaN(date)) serverClock.observe(date, sent, Date.now());
  return response;
});

/** The services, as the visitor's browser reaches them: on the shop's own origin. */
export const api = marketplace(http);
