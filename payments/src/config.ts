import { loadConfig, serviceVariables } from '@ticketing/common';
import { z } from 'zod';

export const configSchema = z
  .object({
    ...serviceVariables,
    /** Stripe's secret key: the real Stripe is charged. */
    STRIPE_KEY: z.string().optional(),
    /** A server that speaks Stripe's API, used where there is no key. */
    STRIPE_SANDBOX_URL: z.url({ error: 'must be a URL, e.g. http://stripe-sandbox-srv:3000' }).optional(),
  })
  .refine((env) => env.STRIPE_KEY ?? env.STRIPE_SANDBOX_URL, {
    path: ['STRIPE_KEY'],
    error: 'is required (Stripe’s secret key), or STRIPE_SANDBOX_URL in its place',
  });

export const config = loadConfig(configSchema);
