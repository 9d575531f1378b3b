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

interface Session {
  url: string;
  cookie?: string;
}

/** Posts the body, or gets when there is none. */
const request = ({ url, cookie = '' }: Session, path: string, body?: object): Promise<Response> =>
  fetch(url + path, {
    method: body ? 'POST' : 'GET',
    headers: { cookie, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });

/** @throws SeedError when the answer is not a success, with the messages in it */
const expectSuccess = async (what: string, answer: Response): Promise<Response> => {
  if (answer.ok) return answer;
  const body = (await answer.json().catch(() => undefined)) as { errors?: { message: string }[] } | undefined;
  const reason = body?.errors?.map(({ message }) => message).join(', ') ?? 'no reason given';
  throw new SeedError(`${what} was answered with ${answer.status}: ${reason}`);
};

/** Signs a user up, or in if they exist already. */
const enter = async (url: string, email: string): Promise<{ session: Session; isNew: boolean }> => {
  const credentials = { email, password: PASSWORD };
  const signup = await request({ url }, '/api/users/signup', credentials);
  const answer = signup.ok ? signup : await request({ url }, '/api/users/signin', credentials);
  await expectSuccess(`Signing in ${email}`, answer);
  const cookie = answer.headers.getSetCookie().map((value) => value.replace(/;.*/, ''));
  return { session: { url, cookie: cookie.join('; ') }, isNew: signup.ok };
};

/**
 * Fills a running system with sample users and tickets. What exists already is left as it is.
 * @throws SeedError when an answer is not the expected one
 */
export const seed = async ({ url, reporter = silent }: SeedOptions): Promise<SeedResult> => {
  const result: SeedResult = { users: 0, newUsers: 0, tickets: 0, newTickets: 0 };
  for (const { email, tickets } of [...SELLERS, { email: BUYER, tickets: [] }]) {
    const { session, isNew } = await enter(url, email);
    const own = await request(session, '/api/tickets?seller=me&limit=100');
    const existing = await (await expectSuccess(`Listing the tickets of ${email}`, own)).json();
    const titles = new Set((existing as { title: string }[]).map(({ title }) => title));
    const missing = tickets.filter(({ title }) => !titles.has(title));
    for (const ticket of missing) {
      await expectSuccess(`Offering "${ticket.title}"`, await request(session, '/api/tickets', ticket));
    }
    result.users += 1;
    result.newUsers += Number(isNew);
    result.tickets += tickets.length;
    result.newTickets += missing.length;
    reporter.info(
      `  ${email}: ${isNew ? 'new' : 'existing'} user, ${missing.length} of ${tickets.length} tickets added`,
    );
  }
  return result;
};

/** `npm run seed`. @throws SeedError */
export const runSeed = async (): Promise<void> => {
  const reporter = createReporter();
  const known = process.env.BASE_URL || runningSystem(defaultDataDir())?.url || DEFAULT_URL;
  const url = known.replace(/\/+$/, '');
  await request({ url }, '/api/tickets')
    .then((answer) => expectSuccess('GET /api/tickets', answer))
    .catch(({ message, cause }: Error & { cause?: Error }) => {
      const hint = 'Start one with npm start, or set BASE_URL to its address.';
      throw new SeedError(`No marketplace is running at ${url} (${cause?.message || message}). ${hint}`);
    });
  reporter.info(`Filling ${url} with sample users and tickets`);
  const { users, newUsers, tickets, newTickets } = await seed({ url, reporter });
  reporter.info(`${users} users (${newUsers} new), ${tickets} tickets (${newTickets} new).`);
  reporter.info(`Sign in as ${BUYER}, or any of them, with the password ${PASSWORD}`);
};
