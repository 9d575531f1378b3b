import type { Order, PaymentIntent } from '@ticketing/common/api';
import { confirmIntent, openIntent } from '../support/card';
import { waitForConsistency } from '../support/consistency';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { chargesOf, intentsOf } from '../support/ledger';
import { StripeProxy, type Step } from '../support/stripe-proxy';
import { useSystem } from '../support/system';
import { waitFor } from '../support/wait-for';

const env: { payments: NodeJS.ProcessEnv } = { payments: {} };
let proxy: StripeProxy;

beforeAll(async () => {
  proxy = await StripeProxy.start();
  env.payments.STRIPE_SANDBOX_URL = proxy.url;
});
afterAll(() => proxy.stop());

const own = useSystem(env);
let seller: Customer;
let buyer: Customer;

beforeAll(async () => {
  const { url, sandboxUrl } = own();
  proxy.target = sandboxUrl;
  seller = await Customer.signedUp(url);
  buyer = await Customer.signedUp(url);
});

const kill = (): void => own().system.services.payments.kill('SIGKILL');
const restarted = () => own().system.services.payments.waitReady(60_000);
const confirm = (intent: PaymentIntent, card?: string) => confirmIntent(own().sandboxUrl, intent, card);
/** A request whose answer the crash may have kept. */
const unanswered = (answer: Promise<unknown>): void => void answer.catch(() => undefined);

const intent = (verb: string, moment: Step['moment'], method = 'POST'): Step => ({
  method,
  moment,
  path: new RegExp(`^/v1/payment_intents${verb}$`),
});
const created = (moment: Step['moment']) => intent('', moment);
const retrieved = (moment: Step['moment']) => intent('/[^/]+', moment, 'GET');
const cancelled = (moment: Step['moment']) => intent('/[^/]+/cancel', moment);
const refunded = (moment: Step['moment']): Step => ({ method: 'POST', moment, path: /^\/v1\/refunds$/ });
const listed = (moment: Step['moment']): Step => ({ method: 'GET', moment, path: /^\/v1\/charges$/ });

/** Kills the service when the request has come so far, and waits until it is there again. */
const killAt = async (
  step: Step,
  act: () => unknown,
  meanwhile: () => unknown = () => undefined,
): Promise<void> => {
  const kept = proxy.keepNext(step);
  await act();
  await kept;
  kill();
  await meanwhile();
  await restarted();
};

const place = async (): Promise<Order> => {
  const ticket = await expectStatus(seller.sell(`Serenade ${uniqueWord()}`, 19.99), 201);
  const order = await expectStatus(buyer.buy(ticket.id), 201);
  await waitFor(
    'payments to have the order',
    () => buyer.payments(order.id),
    ({ status }) => status === 200,
  );
  return order;
};

/** What has become of an order in all books, once it has ended. */
const outcomeOf = async ({ id }: Order) => {
  const { sandboxUrl, databases } = own();
  const ended = await waitFor(
    `order ${id} to end`,
    async () => (await buyer.order(id)).data,
    ({ status }) => ['complete', 'cancelled'].includes(status),
    { timeoutMs: 45_000 },
  );
  const payments = await waitFor(
    `payments of order ${id} to end`,
    async () => (await buyer.payments(id)).data,
    (all) => all.every(({ status }) => !['open', 'pending', 'refunding'].includes(status)),
    { timeoutMs: 45_000 },
  );
  await waitForConsistency({ databases, sandboxUrl });
  const charges = await chargesOf(sandboxUrl, id);
  return [
    [ended.status, ended.reason].filter(Boolean).join(' '),
    payments.map(({ status }) => status).join(', '),
    `${charges.length} charged`,
    `${charges.flatMap(({ refunds }) => refunds).length} refunded`,
    `intents ${(await intentsOf(sandboxUrl, id)).join(', ')}`,
  ].join('; ');
};

const COMPLETE = 'complete; succeeded; 1 charged; 0 refunded; intents succeeded';
const ENDED = 'cancelled buyer; rejected; 0 charged; 0 refunded; intents canceled';
const GIVEN_BACK = 'cancelled buyer; refunded; 1 charged; 1 refunded; intents succeeded';
const DECLINED = 'cancelled payment-failed; failed; 0 charged; 0 refunded; intents canceled';
const BY_TOKEN = 'complete; rejected, succeeded; 1 charged; 0 refunded; intents canceled';

const payAgain = async (order: Order): Promise<void> => {
  await confirm(await openIntent(buyer, order.id));
};
const cancel = (order: Order) => expectStatus(buyer.cancel(order.id), 204);
const begin = async (order: Order) => openIntent(buyer, order.id);

/** Where the process is killed, what happens before and after, and what has become of it in the end. */
const steps: [step: string, story: (order: Order) => Promise<unknown>, outcome: string][] = [
  [
    'the payment is recorded, Stripe has not been asked',
    async (order) => {
      await killAt(created('before'), () => unanswered(buyer.openIntent(order.id)));
      await payAgain(order);
    },
    COMPLETE,
  ],
  [
    'Stripe has made the intent, its answer is lost',
    async (order) => {
      await killAt(created('after'), () => unanswered(buyer.openIntent(order.id)));
      await payAgain(order);
    },
    COMPLETE,
  ],
  [
    'Stripe has made the intent, its answer is lost, and the order is cancelled meanwhile',
    (order) =>
      killAt(
        created('after'),
        () => unanswered(buyer.openIntent(order.id)),
        () => cancel(order),
      ),
    ENDED,
  ],
  [
    'the intent is recorded, the buyer has not paid',
    async (order) => {
      await begin(order);
      kill();
      await restarted();
      await payAgain(order);
    },
    COMPLETE,
  ],
  [
    'the buyer pays while the service is down',
    async (order) => {
      const opened = await begin(order);
      kill();
      await confirm(opened);
      await restarted();
    },
    COMPLETE,
  ],
  [
    'the order is cancelled, and paid, while the service is down',
    async (order) => {
      const opened = await begin(order);
      kill();
      await Promise.all([confirm(opened), cancel(order)]);
      await restarted();
    },
    GIVEN_BACK,
  ],
  [
    'the buyer has paid, Stripe has not been asked for it',
    async (order) => {
      const opened = await begin(order);
      await killAt(retrieved('before'), () => confirm(opened));
    },
    COMPLETE,
  ],
  [
    'the buyer has paid, Stripe’s answer is lost',
    async (order) => {
      const opened = await begin(order);
      await killAt(retrieved('after'), () => confirm(opened));
    },
    COMPLETE,
  ],
  [
    'the outcome has just been recorded',
    async (order) => {
      const opened = await begin(order);
      await confirm(opened);
      await expectStatus(buyer.refreshIntent(opened.id), 200);
      kill();
      await restarted();
    },
    COMPLETE,
  ],
  [
    'the order is cancelled, the intent is not yet',
    async (order) => {
      await begin(order);
      await killAt(cancelled('before'), () => cancel(order));
    },
    ENDED,
  ],
  [
    'the order is cancelled, the intent is not yet, and the buyer pays it meanwhile',
    async (order) => {
      const opened = await begin(order);
      await killAt(
        cancelled('before'),
        () => cancel(order),
        () => confirm(opened),
      );
    },
    GIVEN_BACK,
  ],
  [
    'the intent is cancelled, Stripe’s answer is lost',
    async (order) => {
      await begin(order);
      await killAt(cancelled('after'), () => cancel(order));
    },
    ENDED,
  ],
  ...(['before', 'after'] as const).map((moment): (typeof steps)[number] => [
    `the money of a cancelled order is ${moment === 'before' ? 'to go back' : 'going back, the answer lost'}`,
    async (order) => {
      const opened = await begin(order);
      // Paid and cancelled while the service is away: it finds both when it is back, and is killed again.
      kill();
      await Promise.all([confirm(opened), cancel(order)]);
      await killAt(refunded(moment), restarted);
    },
    GIVEN_BACK,
  ]),
  [
    'the last card was declined, Stripe has not said how many',
    async (order) => {
      const opened = await begin(order);
      for (let n = 0; n < 2; n += 1) await confirm(opened, 'pm_card_chargeDeclined');
      await killAt(listed('before'), () => confirm(opened, 'pm_card_chargeDeclined'));
    },
    DECLINED,
  ],
  ...(['before', 'after'] as const).map((moment): (typeof steps)[number] => [
    `the last card was declined, the intent is ${moment === 'before' ? 'not cancelled' : 'cancelled, the answer lost'}`,
    async (order) => {
      const opened = await begin(order);
      for (let n = 0; n < 2; n += 1) await confirm(opened, 'pm_card_chargeDeclined');
      await killAt(cancelled(moment), () => confirm(opened, 'pm_card_chargeDeclined'));
    },
    DECLINED,
  ]),
  ...(['before', 'after'] as const).map((moment): (typeof steps)[number] => [
    `a token takes over, the intent is ${moment === 'before' ? 'not cancelled' : 'cancelled, the answer lost'}`,
    async (order) => {
      await begin(order);
      await killAt(cancelled(moment), () => unanswered(buyer.pay(order.id)));
      await expectStatus(buyer.pay(order.id), 201);
    },
    BY_TOKEN,
  ]),
];

describe('when the payments service is killed', () => {
  it.each(steps)(
    'then, where %s, the order is paid once or nothing is kept',
    async (_step, story, outcome) => {
      const order = await place();
      await story(order);
      expect(await outcomeOf(order)).toBe(outcome);
    },
    120_000,
  );
});
