import { randomUUID } from 'node:crypto';

interface Charge {
  id: string;
  amount: number;
  currency: string;
  source: string;
}

/** Stripe for route and listener tests: every charge and refund succeeds, and charges can be listed. */
const charges: Charge[] = [];

export const stripe = {
  charges: {
    create: jest.fn(async (charge: Omit<Charge, 'id'>, _options?: { idempotencyKey?: string }) => {
      const made = { id: `ch_${randomUUID()}`, ...charge };
      charges.unshift(made);
      return made;
    }),
    list: jest.fn(async ({ limit = 10 }: { limit?: number } = {}) => ({ data: charges.slice(0, limit) })),
  },
  refunds: {
    create: jest.fn(async ({ charge }: { charge: string }, _options?: { idempotencyKey?: string }) => ({
      id: `re_${randomUUID()}`,
      charge,
    })),
  },
};
