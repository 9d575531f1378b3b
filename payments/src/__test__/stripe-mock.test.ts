import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { change, idOf, insert } from '@ticketing/common';
import { findOldCharge, findOldIntent } from '../commands/old-keys';
import { reconcile } from '../commands/reconcile';
import { refundPayment } from '../commands/refund-payment';
import { settlePayment } from '../commands/settle-payment';
import { declinedChargesOf, intentOf } from '../commands/stripe-intents';
import { syncCharge } from '../commands/sync-charge';
import { closeIntent, syncIntent } from '../commands/sync-intent';
import { Payment, PaymentStatus } from '../models/payment';
import { stripe } from '../stripe';
import { newId, stockPending } from '../test/fixtures';

const { STRIPE_MOCK_URL } = process.env;
// Where there is none, the globalSetup has said so, and has failed in CI.
const describeWithMock = STRIPE_MOCK_URL ? describe : describe.skip;

/** What was sent, with the status of the answer. */
const exchanged: { request: string; status: number; answer: unknown }[] = [];
/** What stripe-mock's example is to say besides, by path. */
const patches: Record<string, object> = {};
let between: Server;

/** Stands between the SDK and stripe-mock: it writes down what passes. */
const listen = () =>
  createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { pathname } = new URL(req.url ?? '', 'http://any');
      const body = Buffer.concat(chunks);
      const headers = {
        authorization: 'Bearer sk_test_123',
        'content-type': 'application/x-www-form-urlencoded',
      };
      void fetch(`${STRIPE_MOCK_URL}${req.url}`, {
        method: req.method,
        headers,
        body: body.length > 0 ? body : undefined,
      }).then(async (answer) => {
        const json = { ...((await answer.json()) as object), ...patches[pathname] };
        exchanged.push({ request: `${req.method} ${pathname}`, status: answer.status, answer: json });
        res.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      });
    });
  });

const requests = () => exchanged.map(({ request }) => request.replace(/(ch|pi)_\w+/, ':id'));

beforeAll(async () => {
  between = listen().listen(0, '127.0.0.1');
  await new Promise((resolve) => between.once('listening', resolve));
  process.env.STRIPE_SANDBOX_URL = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
  // The commands have the mock of ../stripe: it becomes the real client.
  const real = jest.requireActual<typeof import('../stripe')>('../stripe').stripe;
  const { charges, disputes, paymentIntents, refunds } = real;
  Object.assign(stripe, { charges, disputes, paymentIntents, refunds });
});
beforeEach(() => {
  exchanged.length = 0;
});
afterEach(() => {
  expect(exchanged.filter(({ status }) => status !== 200)).toEqual([]);
});
afterAll(() => {
  between.closeAllConnections();
  between.close();
});

const openIntent = () => insert(Payment, Payment.openIntent({ orderId: newId(), amount: 2000 }));

describeWithMock('when stripe-mock reads what payments send', () => {
  it('then it takes a charge and its refund', async () => {
    const settled = await settlePayment(await stockPending(newId()));
    expect(settled).toMatchObject({
      status: PaymentStatus.Succeeded,
      stripeId: expect.stringMatching(/^ch_/),
    });
    await refundPayment(await change(Payment, { id: idOf(settled) }, (current) => current.oweRefund()));
    expect(requests()).toEqual(['POST /v1/charges', 'POST /v1/refunds']);
  });

  it('then it takes an intent, looks at it and cancels it', async () => {
    const { payment, intent } = await intentOf(await openIntent());
    expect(intent.client_secret).toMatch(/_secret_/);
    await syncIntent(intent.id);
    await closeIntent(payment);
    await declinedChargesOf(intent);
    expect(new Set(requests())).toEqual(
      new Set([
        'POST /v1/payment_intents',
        'GET /v1/payment_intents/:id',
        'POST /v1/payment_intents/:id/cancel',
        'GET /v1/charges',
      ]),
    );
  });

  it('then it answers about a charge that was refunded and is disputed', async () => {
    const payment = await stockPending(newId());
    const metadata = { paymentId: idOf(payment) };
    patches['/v1/charges/ch_1'] = { id: 'ch_1', paid: true, amount_refunded: 5, disputed: true, metadata };
    await syncCharge('ch_1');
    expect(requests()).toEqual(['GET /v1/charges/:id', 'GET /v1/refunds', 'GET /v1/disputes']);
  });

  it('then it lists what old keys and the comparison of the books ask for', async () => {
    const payment = await stockPending(newId());
    await findOldCharge(payment);
    await findOldIntent(payment);
    await reconcile({ days: 3, isRepairing: false });
    expect(requests()).toEqual(
      expect.arrayContaining([
        'GET /v1/charges',
        'GET /v1/payment_intents',
        'GET /v1/refunds',
        'GET /v1/disputes',
      ]),
    );
  });
});

it('when a call of Stripe is added to the commands, then it is sent to stripe-mock as well', () => {
  const folder = path.join(__dirname, '../commands');
  const text = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  const calls = [...text.matchAll(/stripe\.(\w+)\.(\w+)\(/g)].map(
    ([, resource, verb]) => `${resource}.${verb}`,
  );
  expect([...new Set(calls)].sort()).toEqual([
    'charges.create',
    'charges.list',
    'charges.retrieve',
    'disputes.list',
    'paymentIntents.cancel',
    'paymentIntents.create',
    'paymentIntents.list',
    'paymentIntents.retrieve',
    'refunds.create',
    'refunds.list',
  ]);
});
