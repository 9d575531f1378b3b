import { z } from 'zod';
import { invalidRequest, noSuch, StripeError } from './errors';
import { behaviourOf, methodBehaviourOf } from './tokens';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));
/** The least that Stripe charges, in minor units, where it is not 50. */
const MIN: Record<string, number> = {
  gbp: 30,
  dkk: 250,
  nok: 300,
  sek: 300,
  mxn: 1000,
  hkd: 400,
  huf: 17500,
};
const DEFAULT_MIN = 50;
const MAX_AMOUNT = 99_999_999;

const integer = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number);
const positive = integer.pipe(z.number().min(1));
const text = z.string().nullable().default(null);
const metadata = z.record(z.string(), z.string()).default({});

const currency = z
  .string()
  .toLowerCase()
  .refine((code) => CURRENCIES.has(code), 'it must be a three-letter ISO code');

const source = z.string().transform((token) => {
  const behaviour = behaviourOf(token);
  if (!behaviour) throw noSuch('token', token, 'source');
  return behaviour;
});

const details = {
  amount: integer,
  currency,
  description: text,
  metadata,
  receipt_email: text,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_group: text,
};

/** @throws {StripeError} 400 for an amount that Stripe does not take in the currency */
const inRange = <Details extends { amount: number; currency: string }>(charge: Details): Details => {
  const { amount, currency } = charge;
  const minimum = MIN[currency] ?? DEFAULT_MIN;
  const refuse = (code: string, limit: string): StripeError =>
    invalidRequest(`Amount must be ${limit} in minor units; it is ${amount}.`, { code, param: 'amount' });
  if (amount < 1) throw refuse('parameter_invalid_integer', 'positive');
  if (amount < minimum) throw refuse('amount_too_small', `at least ${minimum} ${currency}`);
  if (amount > MAX_AMOUNT) throw refuse('amount_too_large', `no more than ${MAX_AMOUNT} ${currency}`);
  return charge;
};

export const chargeParameters = z.strictObject({ ...details, source }).transform(inRange);

export type ChargeDetails = Omit<z.output<typeof chargeParameters>, 'source'>;

const method = z.string().transform((id) => {
  const behaviour = methodBehaviourOf(id);
  if (!behaviour) throw noSuch('PaymentMethod', id, 'payment_method');
  return { id, ...behaviour };
});
const yes = z.stringbool();

/** As of the API version of the SDK: an intent names the methods that it allows, or takes those of the account. */
export const intentParameters = z
  .strictObject({
    ...details,
    automatic_payment_methods: z
      .strictObject({ enabled: yes, allow_redirects: z.enum(['always', 'never']).optional() })
      .nullable()
      .default(null),
    allowed_payment_method_types: z
      .array(z.string())
      .refine((types) => types.includes('card'), 'the sandbox has cards only')
      .nullable()
      .default(null),
    payment_method_types: z.unknown().optional(),
  })
  .transform(({ payment_method_types: types, ...intent }) => {
    const param = 'payment_method_types';
    if (types !== undefined)
      throw invalidRequest('Use allowed_payment_method_types in place of payment_method_types.', {
        code: 'payment_method_types_no_longer_supported',
        param,
      });
    if (intent.allowed_payment_method_types && intent.automatic_payment_methods)
      throw invalidRequest('allowed_payment_method_types excludes automatic_payment_methods.', {
        code: 'parameters_exclusive',
        param: 'allowed_payment_method_types',
      });
    return inRange(intent);
  });

export const confirmParameters = z.object({
  payment_method: method,
  return_url: z.url().nullable().default(null),
});

const REASONS = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;
export const cancelParameters = z.strictObject({
  cancellation_reason: z.enum(REASONS).nullable().default(null),
});

export const refundParameters = z.strictObject({
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  amount: positive.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).nullable().default(null),
  metadata,
});

export const listParameters = z.strictObject({
  limit: positive.pipe(z.number().max(100)).default(10),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  created: z
    .strictObject({
      gt: integer.optional(),
      gte: integer.optional(),
      lt: integer.optional(),
      lte: integer.optional(),
    })
    .default({}),
  // Filters: each route takes its own, and Stripe ignores none of them.
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  type: z.string().optional(),
});

/** A search by one entry of the metadata, the only one that is implemented. */
export const searchParameters = z.strictObject({
  query: z.string().transform((query) => {
    const [, key, value] = /^metadata\['([^']+)'\]:'([^']*)'$/.exec(query) ?? [];
    if (key === undefined || value === undefined)
      throw invalidRequest("The sandbox searches for metadata['key']:'value' only.", { param: 'query' });
    return { key, value };
  }),
  limit: positive.pipe(z.number().max(100)).default(10),
});

const toStripeError = (issue: z.core.$ZodIssue): StripeError => {
  const param = String(issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0]);
  if (issue.code === 'unrecognized_keys') {
    return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  const isInteger = issue.code === 'invalid_format' || issue.code === 'too_small';
  return invalidRequest(`Invalid ${param}: ${issue.message}`, {
    ...(isInteger && { code: 'parameter_invalid_integer' }),
    param,
  });
};

/**
 * A request's parameters by their schema. A blank value counts as absent, and so does `expand`: all objects are whole.
 * @throws {StripeError} 400 for the first parameter that is wrong, as Stripe names it
 */
export const parse = <Schema extends z.ZodType>(schema: Schema, parameters: object): z.output<Schema> => {
  const given = Object.fromEntries(
    Object.entries(parameters).filter(([name, value]) => name !== 'expand' && value !== ''),
  );
  const { data, error } = schema.safeParse(given, { reportInput: true });
  const [issue] = error?.issues ?? [];
  if (issue) throw toStripeError(issue);
  return data as z.output<Schema>;
};
