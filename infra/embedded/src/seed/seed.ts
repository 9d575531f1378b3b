import axios, { type AxiosInstance } from 'axios';
import { defaultDataDir } from '../paths';
import { runningSystem } from '../system/data-dir';
import { createReporter, silent, type Reporter } from '@ticketing/servers';
import { BUYER, PASSWORD, SAMPLES } from './samples';

const DEFAULT_URL = 'http://localhost:3000';

export interface SeedOptions {
  url: string;
  reporter?: Reporter;
}

export interface SeedResult {
  people: number;
  newPeople: number;
  tickets: number;
  newTickets: number;
}

export class SeedError extends Error {
  override name = 'SeedError';
  readonly expected = true;
}

const client = (url: string): AxiosInstance =>
  axios.create({ baseURL: url, timeout: 15_000, validateStatus: () => true, proxy: false });

const explain = (what: string, status: number, body: unknown): SeedError => {
  const errors = (body as { errors?: { message: string }[] } | undefined)?.errors;
  return new SeedError(
    `${what} answered ${status}: ${errors?.map(({ message }) => message).join(', ') ?? 'no reason given'}`,
  );
};

/** Signs a person up, or in if they are there already; gives their session cookie. */
const enter = async (http: AxiosInstance, email: string): Promise<{ cookie: string; isNew: boolean }> => {
  const person = { email, password: PASSWORD };
  const signup = await http.post('/api/users/signup', person);
  const answer = signup.status === 201 ? signup : await http.post('/api/users/signin', person);
  if (answer.status >= 300) throw explain(`Signing ${email} in`, answer.status, answer.data);
  const cookies = answer.headers['set-cookie'] ?? [];
  return { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; '), isNew: signup.status === 201 };
};

/** Fills a running system with sample people and tickets. What is there already is left as it is. */
export const seed = async ({ url, reporter = silent }: SeedOptions): Promise<SeedResult> => {
  const http = client(url);
  const result: SeedResult = { people: 0, newPeople: 0, tickets: 0, newTickets: 0 };
  for (const { email, tickets } of [...SAMPLES, { email: BUYER, tickets: [] }]) {
    const { cookie, isNew } = await enter(http, email);
    const headers = { cookie };
    const own = await http.get<{ title: string }[]>('/api/tickets', {
      headers,
      params: { seller: 'me', limit: 100 },
    });
    if (own.status !== 200) throw explain(`The tickets of ${email}`, own.status, own.data);
    const titles = new Set(own.data.map(({ title }) => title));
    const missing = tickets.filter(({ title }) => !titles.has(title));
    for (const ticket of missing) {
      const created = await http.post('/api/tickets', ticket, { headers });
      if (created.status !== 201) throw explain(`Listing "${ticket.title}"`, created.status, created.data);
    }
    result.people += 1;
    result.newPeople += Number(isNew);
    result.tickets += tickets.length;
    result.newTickets += missing.length;
    reporter.info(
      `  ${email}: ${isNew ? 'signed up' : 'was there'}, ${missing.length} of ${tickets.length} tickets listed now`,
    );
  }
  return result;
};

const targetUrl = async (): Promise<string> =>
  (process.env.BASE_URL || (await runningSystem(defaultDataDir()))?.url || DEFAULT_URL).replace(/\/+$/, '');

const requireRunning = async (url: string): Promise<void> => {
  const answer = await client(url)
    .get('/api/tickets')
    .catch((error: Error) => error);
  if (!(answer instanceof Error) && answer.status === 200) return;
  const reason = answer instanceof Error ? answer.message || 'no answer' : `it answered ${answer.status}`;
  throw new SeedError(
    `No marketplace is running at ${url} (${reason}). Start one with npm start, or set BASE_URL to where it is.`,
  );
};

/** `npm run seed`. */
export const runSeed = async (): Promise<void> => {
  const reporter = createReporter();
  const url = await targetUrl();
  await requireRunning(url);
  reporter.info(`Filling ${url} with sample people and tickets`);
  const { people, newPeople, tickets, newTickets } = await seed({ url, reporter });
  reporter.info(`${people} people (${newPeople} new), ${tickets} tickets (${newTickets} new).`);
  reporter.info(`Sign in as ${BUYER}, or any of them, with the password ${PASSWORD}`);
};
