import { createReporter, silent, type Reporter } from '@ticketing/servers';
import { runningSystem } from './data-dir';
import { defaultDataDir } from './paths';
import { BUYER, PASSWORD, SELLERS } from './samples';

const DEFAULT_URL = 'http://localhost:3000';
const TIMEOUT_MS = 15_000;

export interface SeedOptions {
  url: string;
  reporter?: Reporter;
}

export interface SeedResult {
  users: number;
  newUsers: number;
  tickets: number;
  newTickets: number;
}

export class SeedError extends Error {
  override name = 'SeedError';
  readonly expected = true;
}

interface Answer {
  status: number;
  data: unknown;
  cookie: string;
}

const send = async (url: string, body?: object, cookie = ''): Promise<Answer> => {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const cookies = response.headers.getSetCookie().map((value) => value.replace(/;.*/, ''));
  const data: unknown = await response.json().catch(() => undefined);
  return { status: response.status, data, cookie: cookies.join('; ') };
};

const unexpected = (what: string, { status, data }: Answer): SeedError => {
  const errors = (data as { errors?: { message: string }[] } | undefined)?.errors;
  const reason = errors?.map(({ message }) => message).join(', ') ?? 'no reason given';
  return new SeedError(`${what} was answered with ${status}: ${reason}`);
};

/** Signs a user up, or in if they exist already. */
const enter = async (url: string, email: string): Promise<{ cookie: string; isNew: boolean }> => {
  const credentials = { email, password: PASSWORD };
  const signup = await send(`${url}/api/users/signup`, credentials);
  const isNew = signup.status === 201;
  const answer = isNew ? signup : await send(`${url}/api/users/signin`, credentials);
  if (answer.status >= 300) throw unexpected(`Signing in ${email}`, answer);
  return { cookie: answer.cookie, isNew };
};

/**
 * Fills a running system with sample users and tickets. What exists already is left as it is.
 * @throws SeedError when an answer is not the expected one
 */
export const seed = async ({ url, reporter = silent }: SeedOptions): Promise<SeedResult> => {
  const result: SeedResult = { users: 0, newUsers: 0, tickets: 0, newTickets: 0 };
  for (const { email, tickets } of [...SELLERS, { email: BUYER, tickets: [] }]) {
    const { cookie, isNew } = await enter(url, email);
    const own = await send(`${url}/api/tickets?seller=me&limit=100`, undefined, cookie);
    if (own.status !== 200) throw unexpected(`Listing the tickets of ${email}`, own);
    const titles = new Set((own.data as { title: string }[]).map(({ title }) => title));
    const missing = tickets.filter(({ title }) => !titles.has(title));
    for (const ticket of missing) {
      const created = await send(`${url}/api/tickets`, ticket, cookie);
      if (created.status !== 201) throw unexpected(`Offering "${ticket.title}"`, created);
    }
    result.users += 1;
    result.newUsers += Number(isNew);
    result.tickets += tickets.length;
    result.newTickets += missing.length;
    const which = isNew ? 'new' : 'existing';
    reporter.info(`  ${email}: ${which} user, ${missing.length} of ${tickets.length} tickets added`);
  }
  return result;
};

const requireRunning = async (url: string): Promise<void> => {
  const reason = await send(`${url}/api/tickets`).then(
    ({ status }) => (status === 200 ? undefined : `it answered ${status}`),
    (error: Error) => (error.cause instanceof Error ? error.cause.message : error.message) || 'no answer',
  );
  if (!reason) return;
  throw new SeedError(
    `No marketplace is running at ${url} (${reason}). Start one with npm start, or set BASE_URL to its address.`,
  );
};

/** `npm run seed`. @throws SeedError */
export const runSeed = async (): Promise<void> => {
  const reporter = createReporter();
  const known = process.env.BASE_URL || runningSystem(defaultDataDir())?.url || DEFAULT_URL;
  const url = known.replace(/\/+$/, '');
  await requireRunning(url);
  reporter.info(`Filling ${url} with sample users and tickets`);
  const { users, newUsers, tickets, newTickets } = await seed({ url, reporter });
  reporter.info(`${users} users (${newUsers} new), ${tickets} tickets (${newTickets} new).`);
  reporter.info(`Sign in as ${BUYER}, or any of them, with the password ${PASSWORD}`);
};
