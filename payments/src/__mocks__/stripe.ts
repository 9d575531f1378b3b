import { addCharge, addIntent, addRefund, atStripe, cancelIntent, find } from '../test/fake-stripe';

interface Options {
  idempotencyKey?: string;
}

/** The first answer under a key is given again. */
const answers = new Map<string | undefined, unknown>();
const once = <T>(key: string | undefined, make: () => T): T => {
  if (key === undefined || !answers.has(key)) answers.set(key, make());
  return answers.get(key) as T;
};

interface Page {
  limit?: number;
  charge?: string;
  payment_intent?: string;
  created?: { gte?: number; lte?: number };
}
interface Listed {
  charge?: string;
  payment_intent?: string;
  created?: number;
}

/** What the SDK gives for a list: a promise of its first page that iterates over all of them. */
const page = <T extends Listed>(all: T[], { limit = 10, charge, payment_intent, created }: Page = {}) => {
  const { gte = 0, lte = Infinity } = created ?? {};
  const found = all
    .filter((one) => charge === undefined || one.charge === charge)
    .filter((one) => payment_intent === undefined || one.payment_intent === payment_intent)
    .filter((one) => (one.created ?? gte) >= gte && (one.created ?? 0) <= lte)
    .map((one) => ({ ...one }));
  return Object.assign(Promise.resolve({ data: found.slice(0, limit) }), {
    async *[Symbol.asyncIterator]() {
      yield* found;
    },
  });
};

type NewCharge = Parameters<typeof addCharge>[0];
type NewIntent = Parameters<typeof addIntent>[0];

/** Stripe for route and listener tests: every charge and refund succeeds, and charges can be listed. */
export const stripe = {
  charges: {
    create: jest.fn(async (charge: NewCharge, { idempotencyKey }: Options = {}) =>
      once(idempotencyKey, () => ({ ...addCharge(charge) })),
    ),
    list: jest.fn((query?: Page) => page(atStripe.charges, query)),
    retrieve: jest.fn(async (id: string) => find(atStripe.charges, id)),
  },
  refunds: {
    create: jest.fn(async ({ charge }: { charge: string }, { idempotencyKey }: Options = {}) =>
      once(idempotencyKey, () => ({ ...addRefund(charge) })),
    ),
    list: jest.fn((query?: Page) => page(atStripe.refunds, query)),
  },
  disputes: { list: jest.fn((query?: Page) => page(atStripe.disputes, query)) },
  paymentIntents: {
    create: jest.fn(async (intent: NewIntent, { idempotencyKey }: Options = {}) =>
      once(idempotencyKey, () => ({ ...addIntent(intent) })),
    ),
    list: jest.fn((query?: Page) => page(atStripe.intents, query)),
    retrieve: jest.fn(async (id: string) => find(atStripe.intents, id)),
    cancel: jest.fn(async (id: string) => ({ ...cancelIntent(id) })),
  },
};
