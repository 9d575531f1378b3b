import { getRandomPort } from 'get-port-please';
import { SELLERS } from '../samples';
import { runSeed, seed } from '../seed';
import { temporaryDirectory, useEnv, useHttpServer } from './support';

const inDirectory = temporaryDirectory();
const setEnv = useEnv();
const [firstSeller] = SELLERS;
const ticketCount = SELLERS.reduce((sum, { tickets }) => sum + tickets.length, 0);

let passwords: Map<string, string>;
let tickets: { title: string; price: number; userId: string }[];

type Reply = [status: number, data: unknown];

/** As much of the API as seeding needs; the session is the user's email. */
const answer = (route: string, user: string, body: Record<string, string>): Reply => {
  const { email = '', password = '' } = body;
  switch (route) {
    case 'POST /api/users/signup':
      if (passwords.has(email)) return [400, { errors: [{ message: 'Email in use' }] }];
      passwords.set(email, password);
      return [201, {}];
    case 'POST /api/users/signin':
      return passwords.get(email) === password
        ? [200, {}]
        : [400, { errors: [{ message: 'Invalid credentials' }] }];
    case 'POST /api/tickets':
      tickets.push({ ...(body as never as { title: string; price: number }), userId: user });
      return [201, {}];
    default:
      return [200, tickets.filter(({ userId }) => !route.includes('seller=me') || userId === user)];
  }
};

const marketplace = useHttpServer((req, res) => {
  let text = '';
  req.on('data', (chunk: Buffer) => (text += chunk.toString()));
  req.on('end', () => {
    const body = JSON.parse(text || '{}') as Record<string, string>;
    const user = /session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1] ?? '';
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

    const result = await seed({ url: marketplace.url() });

    expect(result).toMatchObject({ newUsers: 0, newTickets: 1 });
    expect(tickets).toHaveLength(ticketCount);
  });

  test('then an existing user with another password is a clear failure', async () => {
    passwords.set(firstSeller!.email, 'another');

    await expect(seed({ url: marketplace.url() })).rejects.toThrow(
      `Signing in ${firstSeller!.email} was answered with 400: Invalid credentials`,
    );
  });
});

describe('when nothing is running', () => {
  test('then the seed says so and how to start something', async () => {
    const url = `http://127.0.0.1:${await getRandomPort('127.0.0.1')}`;
    setEnv({ BASE_URL: url, TICKETING_DATA_DIR: inDirectory() });

    await expect(runSeed()).rejects.toThrow(`No marketplace is running at ${url}`);
  });
});
