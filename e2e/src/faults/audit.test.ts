import { execFile } from 'node:child_process';
import path from 'node:path';
import { OWNERS } from '@ticketing/auditor';
import axios from 'axios';
import { MongoClient, ObjectId, type Document } from 'mongodb';
import { waitForConsistency } from '../support/consistency';
import { Customer, expectStatus } from '../support/customer';
import { mongoUris, useSystem } from '../support/system';
import { payWhenKnown } from '../support/until';

const AUDIT = path.resolve(__dirname, '../../../infra/auditor/bin/audit.mjs');

const own = useSystem();

interface Outcome {
  code: number;
  output: string;
}

/** `npm run audit`, on the system of these tests. */
const audit = (args: string[] = []): Promise<Outcome> => {
  const { system, sandboxUrl } = own();
  const uris = mongoUris(system);
  const named = OWNERS.map((owner) => [`${owner.toUpperCase()}_MONGO_URI`, uris[owner]]);
  const env = { ...process.env, ...Object.fromEntries(named), STRIPE_SANDBOX_URL: sandboxUrl };
  return new Promise((resolve) => {
    execFile(process.execPath, [AUDIT, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout || stderr });
    });
  });
};

let client: MongoClient;
let seller: Customer;
let buyer: Customer;

/** One document of a service's collection; what a test has changed in it is put back. */
const tamper = async (
  owner: (typeof OWNERS)[number],
  collection: string,
  change: (document: Document) => Document,
): Promise<{ id: string; restore: () => Promise<unknown> }> => {
  const documents = client
    .db(new URL(mongoUris(own().system)[owner]).pathname.slice(1))
    .collection(collection);
  const before = await documents.findOne({}, { sort: { _id: 1 } });
  if (!before) throw new Error(`${owner}.${collection} is empty`);
  const put = (document: Document) => documents.replaceOne({ _id: before._id }, document);
  await put(change(before));
  return { id: String(before._id), restore: () => put(before) };
};

beforeAll(async () => {
  client = await MongoClient.connect(mongoUris(own().system).orders);
  seller = await Customer.signedUp(own().url);
  buyer = await Customer.signedUp(own().url);
  const sold = await expectStatus(seller.sell('Sold', 20), 201);
  const order = await expectStatus(buyer.buy(sold.id), 201);
  await payWhenKnown(buyer, order.id);
  const other = await expectStatus(seller.sell('Cancelled', 30), 201);
  await expectStatus(buyer.cancel((await expectStatus(buyer.buy(other.id), 201)).id), 204);
  await waitForConsistency(own());
});

afterAll(() => client.close());

test('when nothing is wrong, then the audit says so and exits with 0', async () => {
  const { code, output } = await audit();
  expect(output).toMatch(/The books agree: \d+ invariants, no violation\./);
  expect(code).toBe(0);
});

test('when a system is at work, then the audit waits for what is on its way', async () => {
  const ticket = await expectStatus(seller.sell('At work', 10), 201);
  const order = await expectStatus(buyer.buy(ticket.id), 201);
  const [{ code }] = await Promise.all([audit(['--settle', '30']), payWhenKnown(buyer, order.id)]);
  expect(code).toBe(0);
});

const PLANTED: [name: string, Parameters<typeof tamper>][] = [
  ['lock', ['tickets', 'tickets', (ticket) => ({ ...ticket, orderId: String(new ObjectId()) })]],
  ['sold-is-paid', ['tickets', 'tickets', (ticket) => ({ ...ticket, soldAt: undefined })]],
  ['reservation', ['orders', 'orders', (order) => ({ ...order, activeTicketId: undefined })]],
  ['orders-known', ['payments', 'orders', (order) => ({ ...order, version: 0 })]],
  ['tickets-known', ['orders', 'tickets', (ticket) => ({ ...ticket, price: 1 })]],
  ['users-known', ['tickets', 'users', (user) => ({ ...user, email: 'other@example.com' })]],
  ['paid-once', ['payments', 'payments', (payment) => ({ ...payment, status: 'rejected' })]],
  ['payment-charged', ['payments', 'payments', (payment) => ({ ...payment, stripeId: 'ch_other' })]],
];

test.each(PLANTED)(
  'when "%s" is broken, then the audit exits with 1 and names the document',
  async (name, planted) => {
    const [, collection] = planted;
    const { id, restore } = await tamper(...planted);
    try {
      const { code, output } = await audit(['--settle', '0']);
      expect(code).toBe(1);
      expect(output).toMatch(new RegExp(`✗  ${name} `));
      if (collection !== 'payments') expect(output).toContain(id);
    } finally {
      await restore();
    }
  },
);

test('when Stripe has a charge that no payment made, then the audit exits with 1', async () => {
  const { data } = await axios.post<{ id: string }>(
    `${own().sandboxUrl}/v1/charges`,
    new URLSearchParams({ amount: '500', currency: 'usd', source: 'tok_visa' }),
    { headers: { Authorization: 'Bearer sk_test_sandbox' }, proxy: false },
  );
  const { code, output } = await audit(['--settle', '0', '--json']);
  expect(code).toBe(1);
  expect(output).toContain(data.id);
});

test('when the usage or the environment is wrong, then the audit exits with 2 and says how it is used', async () => {
  expect(await audit(['--settle', 'soon'])).toMatchObject({
    code: 2,
    output: expect.stringMatching(/^Usage/m),
  });
});
