import { execFile } from 'node:child_process';
import path from 'node:path';
import { MongoClient, ObjectId } from 'mongodb';
import { AtStripe } from '../support/at-stripe';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { useSystem } from '../support/system';
import { orderCancelled, orderComplete, paymentsUntil, payWhenKnown } from '../support/until';

/** Stripe's events do not arrive. */
const own = useSystem({ 'stripe-sandbox': { STRIPE_WEBHOOK_URL: undefined } });

let stripe: AtStripe;
let seller: Customer;
let buyer: Customer;
let database: MongoClient;

beforeAll(async () => {
  const { url, sandboxUrl, system } = own();
  stripe = new AtStripe(sandboxUrl);
  [seller, buyer] = [await Customer.signedUp(url), await Customer.signedUp(url)];
  database = new MongoClient(system.mongoUri('payments'));
});
afterAll(() => database.close());

const program = path.join(__dirname, '../../../scripts/reconcile.mjs');

/** `npm run reconcile`, of all that has happened up to now. */
const reconcile = (args: string[] = [], more: NodeJS.ProcessEnv = {}) =>
  new Promise<{ code: number; lines: string[]; text: string }>((resolve) => {
    const { system, sandboxUrl } = own();
    const env = {
      ...process.env,
      MONGO_URI: system.mongoUri('payments'),
      STRIPE_SANDBOX_URL: sandboxUrl,
      STRIPE_KEY: '',
      ...more,
    };
    const child = execFile(
      process.execPath,
      [program, '--min-age', '0', ...args],
      { env },
      (_error, stdout, stderr) =>
        resolve({
          code: child.exitCode ?? -1,
          lines: stdout.split('\n').filter((line) => line.startsWith('  ')),
          text: stdout + stderr,
        }),
    );
  });

const sold = async () => {
  const ticket = await expectStatus(seller.sell(`Books ${uniqueWord()}`, 20), 201);
  const order = await expectStatus(buyer.buy(ticket.id), 201);
  await expectStatus(payWhenKnown(buyer, order.id), 201);
  await orderComplete(buyer, order.id);
  const [payment] = await expectStatus(buyer.payments(order.id), 200);
  return { orderId: order.id, paymentId: payment?.id ?? '', charge: payment?.stripeId ?? '' };
};
const payments = () => database.db().collection('payments');

describe('when Stripe and the payments are compared', () => {
  it('then they agree at first', async () => {
    await sold();
    const { code, text } = await reconcile();
    expect(text).toMatch(/Since .*: 1 charge, .*, 1 payment here\.\nStripe and the payments agree\.\n$/);
    expect(code).toBe(0);
  });

  it('then what events did not tell is repaired, and its consequences follow', async () => {
    const [whole, part, disputed] = [await sold(), await sold(), await sold()];
    await stripe.refund(whole.charge);
    await stripe.refund(part.charge, 500);
    await stripe.dispute(disputed.charge);

    const dry = await reconcile(['--dry-run']);
    expect(dry).toMatchObject({ code: 1 });
    expect(dry.lines).toHaveLength(4);

    const { code, lines } = await reconcile();
    expect(lines.join('\n')).toContain(
      `repaired  ${whole.charge} (payment ${whole.paymentId}): 2000 refunded, 0 recorded, as succeeded`,
    );
    expect(lines.every((line) => line.startsWith('  repaired'))).toBe(true);
    expect(code).toBe(0);

    // The service's relay finds the events that the command has left, within a minute.
    await orderCancelled(buyer, whole.orderId).catch(() => orderCancelled(buyer, whole.orderId));
    await paymentsUntil(buyer, part.orderId, 'to note 5.00', ([one]) => one?.amountRefunded === 500);
    await paymentsUntil(buyer, disputed.orderId, 'to be disputed', ([one]) => one?.dispute !== undefined);
    expect((await reconcile()).lines).toEqual([]);
  }, 180_000);

  it('then what only a person can decide is told until it is decided', async () => {
    const changed = await sold();
    const unknown = new ObjectId();
    const charge = await stripe.charge({ amount: '1234', currency: 'usd', source: 'tok_visa' });
    await payments().updateOne({ _id: new ObjectId(changed.paymentId) }, { $set: { amount: 1_999 } });
    await payments().insertOne({
      _id: unknown,
      ...{ orderId: String(new ObjectId()), status: 'succeeded', amount: 700, currency: 'usd', version: 0 },
      ...{ stripeId: 'ch_none', createdAt: new Date() },
    });

    const { code, lines } = await reconcile();
    expect(lines.sort()).toEqual(
      [
        `  differs   ${charge.id}: 1234 usd charged, unknown here (its metadata names payment none)`,
        `  differs   ${changed.charge} (payment ${changed.paymentId}): 2000 usd charged, 1999 usd recorded`,
        `  differs   ch_none (payment ${String(unknown)}): recorded as succeeded, unknown at Stripe`,
      ].sort(),
    );
    expect(code).toBe(1);

    await stripe.refund(charge.id);
    await payments().deleteOne({ _id: unknown });
    await payments().updateOne({ _id: new ObjectId(changed.paymentId) }, { $set: { amount: 2_000 } });
    expect(await reconcile()).toMatchObject({ code: 0, lines: [] });
  }, 180_000);

  it('then wrong arguments and a Stripe that does not answer are code 2', async () => {
    const wrong = await reconcile(['--days', 'many']);
    expect(wrong.text).toContain(
      'Usage: npm run reconcile -- [--days N] [--min-age SECONDS] [--dry-run | --retry]',
    );
    expect(wrong.code).toBe(2);
    const silent = await reconcile([], { STRIPE_SANDBOX_URL: 'http://127.0.0.1:9' });
    expect(silent.text).toContain('Stripe and the payments could not be compared');
    expect(silent.code).toBe(2);
  }, 120_000);
});
