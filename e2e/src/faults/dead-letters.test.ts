import { execFile } from 'node:child_process';
import path from 'node:path';
import { OWNERS } from '@ticketing/auditor';
import { MongoClient, ObjectId } from 'mongodb';
import { Customer, expectStatus } from '../support/customer';
import { mongoUris, useSystem } from '../support/system';
import { waitFor } from '../support/wait-for';

const COMMAND = path.resolve(__dirname, '../../../infra/auditor/bin/dead-letters.mjs');
const own = useSystem();

interface Outcome {
  code: number;
  output: string;
}

/** `npm run dead-letters`, on the system of these tests. */
const deadLetters = (...args: string[]): Promise<Outcome> => {
  const { system } = own();
  const uris = mongoUris(system);
  const named = OWNERS.map((owner) => [`${owner.toUpperCase()}_MONGO_URI`, uris[owner]]);
  const env = { ...process.env, ...Object.fromEntries(named), REDIS_URL: system.redisUrl('expiration') };
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout || stderr });
    });
  });
};

let client: MongoClient;
let sequence = 1_000_000;

/** Puts a letter where orders keeps its own. @returns its id for the command */
const putAside = async (data: object): Promise<string> => {
  sequence += 1;
  const letter = { bus: null, subject: 'expiration:complete', sequence, queueGroup: 'orders-service' };
  const _id = new ObjectId();
  await client
    .db(new URL(mongoUris(own().system).orders).pathname.slice(1))
    .collection('dead_letters')
    .insertOne({
      ...{ _id, ...letter, data: JSON.stringify(data), error: 'TypeError: of an earlier version', tries: 8 },
      createdAt: new Date(),
    });
  return `orders:${String(_id)}`;
};

beforeAll(async () => {
  client = await MongoClient.connect(mongoUris(own().system).orders);
});

afterAll(() => client.close());

test('when nothing went wrong, then there is no dead letter', async () => {
  expect(await deadLetters('list')).toEqual({ code: 0, output: '0 dead letters.\n' });
});

test('when a letter can be handled by now, then a replay handles it, and its effect is there', async () => {
  const seller = await Customer.signedUp(own().url);
  const buyer = await Customer.signedUp(own().url);
  const ticket = await expectStatus(seller.sell('Put aside', 20), 201);
  const order = await expectStatus(buyer.buy(ticket.id), 201);
  // Its time is over, and the message that says so was put aside.
  await client
    .db(new URL(mongoUris(own().system).orders).pathname.slice(1))
    .collection('orders')
    .updateOne({ _id: new ObjectId(order.id) }, { $set: { expiresAt: new Date(Date.now() + 2_000) } });
  const id = await putAside({ orderId: order.id });
  expect((await deadLetters('list')).output).toContain(`${id}  `);
  expect((await deadLetters('show', id)).output).toContain(order.id);
  await waitFor(
    'its time to be over',
    () => Date.now(),
    (now) => now > Date.parse(order.createdAt) + 3_000,
  );

  const { code, output } = await deadLetters('replay', id);
  expect(output).toContain('1 handled, 0 still dead.');
  expect(code).toBe(0);
  expect((await buyer.order(order.id)).data).toMatchObject({ status: 'cancelled', reason: 'expired' });
});

test('when a letter still cannot be handled, then it stays with its new reason until it is discarded', async () => {
  const id = await putAside({ orderId: 7 });
  const { code, output } = await deadLetters('replay', '--all');
  expect(output).toContain('0 handled, 1 still dead.');
  expect(output).toMatch(/orderId/);
  expect(code).toBe(1);
  expect(await deadLetters('discard', id)).toEqual({ code: 0, output: '1 discarded.\n' });
  expect((await deadLetters('list')).output).toBe('0 dead letters.\n');
});

test.each([[[]], [['replay']], [['show']], [['list', 'x']], [['bury', 'x']]])(
  'when it is called with %j, then it says how it is used, and exits with 2',
  async (args) => {
    expect(await deadLetters(...args)).toMatchObject({ code: 2, output: expect.stringMatching(/^Usage/m) });
  },
);

test('when there is no such letter, then it says so', async () => {
  for (const id of ['orders:1', 'shop:1', `orders:${String(new ObjectId())}`]) {
    const { code, output } = await deadLetters('show', id);
    expect(output).toContain(`There is no dead letter ${id}`);
    expect(code).toBe(2);
  }
});
