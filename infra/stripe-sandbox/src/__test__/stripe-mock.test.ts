import type Stripe from 'stripe';
import { startSandbox, type RunningSandbox } from '../server';
import { sdk, silent } from './harness';

const { STRIPE_MOCK_URL } = process.env;
// Where there is none, the globalSetup has said so, and has failed in CI.
const describeWithMock = STRIPE_MOCK_URL ? describe : describe.skip;

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, logger: silent });
});
afterAll(() => sandbox.stop());

const charge = {
  amount: 2000,
  currency: 'usd',
  source: 'tok_visa',
  metadata: { orderId: 'o1', paymentId: 'p1' },
};
const intent = {
  amount: 2000,
  currency: 'usd',
  allowed_payment_method_types: ['card'],
  metadata: { orderId: 'o1', paymentId: 'p1' },
};
const all = { limit: 10, created: { gte: 1 } };

/** What payments ask of Stripe, each with what has to be there first. */
const calls: Record<string, (stripe: Stripe) => Promise<object>> = {
  'a charge': (stripe) => stripe.charges.create(charge),
  'a charge by its id': async (stripe) => stripe.charges.retrieve((await stripe.charges.create(charge)).id),
  'a list of charges': async (stripe) => {
    await stripe.charges.create(charge);
    return stripe.charges.list(all);
  },
  'a refund': async (stripe) => stripe.refunds.create({ charge: (await stripe.charges.create(charge)).id }),
  'a list of refunds': async (stripe) => {
    const { id } = await stripe.charges.create(charge);
    await stripe.refunds.create({ charge: id });
    return stripe.refunds.list({ charge: id, limit: 1 });
  },
  'an intent': (stripe) => stripe.paymentIntents.create(intent),
  'an intent by its id': async (stripe) =>
    stripe.paymentIntents.retrieve((await stripe.paymentIntents.create(intent)).id),
  'a cancelled intent': async (stripe) =>
    stripe.paymentIntents.cancel((await stripe.paymentIntents.create(intent)).id),
  'a confirmed intent': async (stripe) =>
    stripe.paymentIntents.confirm((await stripe.paymentIntents.create(intent)).id, {
      payment_method: 'pm_card_visa',
    }),
  'a list of intents': async (stripe) => {
    await stripe.paymentIntents.create(intent);
    return stripe.paymentIntents.list(all);
  },
};

/** Objects whose keys are not fields: what is in them is the caller's, or depends on the payment method. */
const FREE = new Set(['metadata', 'fraud_details', 'payment_method_options', 'payment_method_details']);

const typeOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'array' : typeof value;
};

/**
 * How the shape of an answer differs from the example: fields that only one of the two has, and others types. A field
 * without a value in one of them, and one that Stripe expands on demand, say nothing about their type.
 */
const differences = (example: unknown, answer: unknown, at = ''): string[] => {
  const [wanted, got] = [typeOf(example), typeOf(answer)];
  if (wanted === 'nothing' || got === 'nothing') return [];
  if (wanted !== got) return [`${at || 'the answer'} is ${got}, not ${wanted}`];
  if (wanted === 'array') {
    const [first] = example as unknown[];
    return (answer as unknown[]).slice(0, 1).flatMap((one) => differences(first, one, `${at}[]`));
  }
  if (wanted !== 'object') return [];
  const [left, right] = [example as Record<string, unknown>, answer as Record<string, unknown>];
  const fields = (one: object) => Object.keys(one).filter((key) => key !== 'lastResponse');
  return [
    ...fields(left)
      .filter((key) => !(key in right) && left[key] !== null)
      .map((key) => `${at}.${key} is missing`),
    ...fields(right)
      .filter((key) => !(key in left) && right[key] !== null)
      .map((key) => `${at}.${key} is unknown`),
    ...fields(left)
      .filter((key) => key in right && !FREE.has(key))
      .flatMap((key) => differences(left[key], right[key], `${at}.${key}`)),
  ];
};

/** Where the example is not what Stripe answers. */
const EXPLAINED = [
  // Since API version 2022-11-15 only where it is asked for.
  '.refunds is missing',
  // The example was charged by a payment method, ours by a token.
  '.source is unknown',
  // Of the accounts that have Radar.
  '.outcome.risk_level is unknown',
  // Newer than the example.
  '.evidence_details.submission_method is unknown',
];
const isExplained = (difference: string): boolean =>
  EXPLAINED.some((known) => difference.replace(/^\.data\[\]/, '') === known);

describeWithMock('when stripe-mock is asked the same', () => {
  it('then a list of disputes has the shape of its example', async () => {
    const ours = sdk(sandbox.url);
    const { id } = await ours.charges.create(charge);
    await fetch(`${sandbox.url}/control/disputes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ charge: id }),
    });
    const example = await sdk(STRIPE_MOCK_URL ?? '').disputes.list({ charge: id, limit: 1 });
    const answer = await ours.disputes.list({ charge: id, limit: 1 });
    expect(answer.data).toHaveLength(1);
    expect(differences(example, answer).filter((one) => !isExplained(one))).toEqual([]);
  });

  it.each(Object.entries(calls))('then %s has the shape of its example', async (_name, call) => {
    const [example, answer] = [await call(sdk(STRIPE_MOCK_URL ?? '')), await call(sdk(sandbox.url))];
    expect(differences(example, answer).filter((one) => !isExplained(one))).toEqual([]);
  });
});

describe('when two shapes are compared', () => {
  it('then a field that is missing, unknown or of another type is named, at any depth', () => {
    const example = {
      id: 'a',
      amount: 1,
      card: { brand: 'visa', last4: '4242' },
      list: [{ id: 'b' }],
      note: null,
    };
    const answer = {
      id: 'c',
      amount: '1',
      card: { brand: 'visa', number: '4' },
      list: [{ id: 5 }],
      note: 'x',
    };
    expect(differences(example, answer)).toEqual([
      '.amount is string, not number',
      '.card.last4 is missing',
      '.card.number is unknown',
      '.list[].id is number, not string',
    ]);
  });
});
