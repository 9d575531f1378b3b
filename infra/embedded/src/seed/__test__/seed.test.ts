import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { temporaryDirectory, withEnv } from '../../__test__/support';
import { freePort } from '../../ports';
import { SAMPLES } from '../samples';
import { runSeed, seed } from '../seed';

const directory = temporaryDirectory();
const setEnv = withEnv();
const all = SAMPLES.reduce((sum, { tickets }) => sum + tickets.length, 0);

interface Ticket {
  title: string;
  price: number;
  userId: string;
}

let server: Server;
let people: Map<string, string>;
let tickets: Ticket[];

/** As much of the API as seeding needs. */
const marketplace = () => {
  const app = express().use(express.json());
  const userOf = (cookie = '') => /session=([^;]+)/.exec(cookie)?.[1] ?? '';
  app.post('/api/users/signup', (req, res) => {
    const { email, password } = req.body as { email: string; password: string };
    if (people.has(email)) return void res.status(400).json({ errors: [{ message: 'Email in use' }] });
    people.set(email, password);
    res.status(201).setHeader('set-cookie', `session=${email}; path=/; httponly`).json({});
  });
  app.post('/api/users/signin', (req, res) => {
    const { email, password } = req.body as { email: string; password: string };
    if (people.get(email) !== password)
      return void res.status(400).json({ errors: [{ message: 'Invalid credentials' }] });
    res.setHeader('set-cookie', `session=${email}; path=/; httponly`).json({});
  });
  app.get('/api/tickets', (req, res) => {
    const mine = req.query.seller === 'me';
    res.json(tickets.filter(({ userId }) => !mine || userId === userOf(req.headers.cookie)));
  });
  app.post('/api/tickets', (req, res) => {
    tickets.push({ ...(req.body as Ticket), userId: userOf(req.headers.cookie) });
    res.status(201).json({});
  });
  return app;
};

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeEach(async () => {
  people = new Map();
  tickets = [];
  server = createServer(marketplace());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('when a running system is seeded', () => {
  test('then people and their tickets are there', async () => {
    const result = await seed({ url: url() });

    expect(result).toEqual({
      people: SAMPLES.length + 1,
      newPeople: SAMPLES.length + 1,
      tickets: all,
      newTickets: all,
    });
    expect(tickets).toHaveLength(all);
    expect(new Set(tickets.map(({ userId }) => userId)).size).toBe(SAMPLES.length);
  });

  test('then a second time changes nothing but what is missing', async () => {
    await seed({ url: url() });
    tickets.pop();

    const result = await seed({ url: url() });

    expect(result).toMatchObject({ newPeople: 0, newTickets: 1 });
    expect(tickets).toHaveLength(all);
  });

  test('then somebody else’s password is a clear failure', async () => {
    people.set(SAMPLES[0]!.email, 'another');

    await expect(seed({ url: url() })).rejects.toThrow(
      `Signing ${SAMPLES[0]!.email} in answered 400: Invalid credentials`,
    );
  });
});

describe('when nothing is running', () => {
  test('then the seed says so and how to start something', async () => {
    const base = `http://127.0.0.1:${await freePort(new Set())}`;
    setEnv({ BASE_URL: base, TICKETING_DATA_DIR: directory() });

    await expect(runSeed()).rejects.toThrow(`No marketplace is running at ${base}`);
  });
});
