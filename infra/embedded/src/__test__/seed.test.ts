import { getRandomPort } from 'get-port-please';
import { SELLERS } from '../samples';
import { runSeed, seed } from '../seed';
import { temporaryDirectory, setEnv, useHttpServer } from './support';

const inDirectory = temporaryDirectory();
const firstEmail = SELLERS[0]?.email ?? '';
const ticketCount = SELLERS.reduce((sum, { tickets }) => sum + tickets.length, 0);

let passwords: Map<string, string>;
let tickets: { title: string; userId: string }[];

/** As much of the API as seeding needs; the session is the user's email. */
const answer = (
  route: string,
  user: string,
  body: Record<string, string>,
): [status: number, data: unknown] => {
  const { email = '', password = '', title = '' } = body;
  const refused = (message: string): [number, unknown] => [400, { errors: [{ message }] }];
  switch (route) {
    case 'POST /api/users/signup':
      if (passwords.has(email)) return refused('Email in use');
      passwords.set(email, password);
      return [201, {}];
    case 'POST /api/users/signin':
      return passwords.get(email) === password ? [200, {}] : refused('Invalid credentials');
    case 'POST /api/tickets':
      tickets.push({ title, userId: user });
      return [201, {}];
    default:
      return [200, tickets.filter(({ userId }) => userId === user)];
  }
};

const marketplace = useHttpServer((req, res) => {
  let text = '';
  req.on('data', (chunk: Buffer) => (text += chunk.toString()));
  req.on('end', () => {
    const body = JSON.parse(text || '{}') as Record<string, string>;
    const user = req.headers.cookie?.replace('session=', '') ?? '';
    const [status, data] = answer(`${req.method} ${req.url}`, user, body);
    const cookie = body.email ? { 'set-cookie': `session=${body.email}; path=/; httponly` } : {};
    res.writeHead(status, cookie).end(JSON.stringify(data));
  });
});

beforeEach(() => {
  passwords = new Map();
  tickets = [];
});

describe('when a running system is seeded', () => {
  test('then users and their tickets are there', async () => {
    const result = await seed({ url: marketplace.url() });

    const users = SELLERS.length + 1;
    expect(result).toEqual({ users, newUsers: users, tickets: ticketCount, newTickets: ticketCount });
    expect(tickets).toHaveLength(ticketCount);
    expect(new Set(tickets.map(({ userId }) => userId)).size).toBe(SELLERS.length);
  });

  test('then a second time changes nothing but what is missing', async () => {
    await seed({ url: marketplace.url() });
    tickets.pop();

    expect(await seed({ url: marketplace.url() })).toMatchObject({ newUsers: 0, newTickets: 1 });
    expect(tickets).toHaveLength(ticketCount);
  });

  test('then an existing user with another password is a clear failure', async () => {
    passwords.set(firstEmail, 'another');

    await expect(seed({ url: marketplace.url() })).rejects.toThrow(
      `Signing in ${firstEmail} was answered with 400: Invalid credentials`,
    );
  });
});

describe('when nothing is running', () => {
  test('then the error says so, and how to start a system', async () => {
    const url = `http://127.0.0.1:${await getRandomPort('127.0.0.1')}`;
    setEnv({ BASE_URL: url, TICKETING_DATA_DIR: inDirectory() });

    await expect(runSeed()).rejects.toThrow(`No marketplace is running at ${url}`);
  });
});
