import { invalidRequest } from './errors';

export type Params = Record<string, unknown>;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));
/** What Stripe takes at least, in minor units, where it is not 50. */
const MINIMUM: Record<string, number> = {
  gbp: 30,
  dkk: 250,
  nok: 300,
  sek: 300,
  mxn: 1000,
  hkd: 400,
  huf: 17500,
};
const DEFAULT_MINIMUM = 50;
export const MAX_AMOUNT = 99_999_999;

const isBlank = (value: unknown): boolean => value === undefined || value === '';

export const assertKnown = (params: Params, known: readonly string[]): void => {
  const unknown = Object.keys(params).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw invalidRequest(`Received unknown parameter: ${unknown}`, {
      code: 'parameter_unknown',
      param: unknown,
    });
  }
};

export const optionalString = (params: Params, name: string): string | null => {
  const value = params[name];
  if (isBlank(value)) return null;
  if (typeof value === 'string') return value;
  throw invalidRequest(`Invalid string: ${name}`, { param: name });
};

export const requiredString = (params: Params, name: string): string => {
  const value = optionalString(params, name);
  if (value !== null) return value;
  throw invalidRequest(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
};

const integer = (text: string, name: string): number => {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw invalidRequest(`Invalid integer: ${text}`, { code: 'parameter_invalid_integer', param: name });
};

export const optionalPositive = (params: Params, name: string): number | null => {
  const text = optionalString(params, name);
  if (text === null) return null;
  const value = integer(text, name);
  if (value >= 1) return value;
  throw invalidRequest(`Invalid positive integer: ${text}`, {
    code: 'parameter_invalid_integer',
    param: name,
  });
};

export const currency = (params: Params): string => {
  const code = requiredString(params, 'currency').toLowerCase();
  if (CURRENCIES.has(code)) return code;
  throw invalidRequest(`Invalid currency: ${code}. It must be a three-letter ISO code in lower case.`, {
    param: 'currency',
  });
};

/** An amount in minor units that the card networks would take. */
export const chargeAmount = (params: Params, code: string): number => {
  const amount = integer(requiredString(params, 'amount'), 'amount');
  const minimum = MINIMUM[code] ?? DEFAULT_MINIMUM;
  if (amount < minimum) {
    throw invalidRequest(
      `Amount must be at least ${minimum} in the minor unit of ${code}; it is ${amount}.`,
      {
        code: amount < 1 ? 'parameter_invalid_integer' : 'amount_too_small',
        param: 'amount',
      },
    );
  }
  if (amount > MAX_AMOUNT) {
    throw invalidRequest(`Amount must be no more than ${MAX_AMOUNT} in the minor unit of ${code}.`, {
      code: 'amount_too_large',
      param: 'amount',
    });
  }
  return amount;
};

export const metadata = (params: Params): Record<string, string> => {
  const value = params.metadata;
  if (isBlank(value)) return {};
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMap && Object.values(value).every((inner) => typeof inner === 'string')) {
    return { ...(value as Record<string, string>) };
  }
  throw invalidRequest('Metadata must be a set of names and strings.', { param: 'metadata' });
};
