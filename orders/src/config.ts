import { DEFAULT_FEE, isFeeFixed, isFeePercent, loadConfig, serviceVariables } from '@ticketing/common';
import { z } from 'zod';

export const configSchema = z.object({
  ...serviceVariables,
  EXPIRATION_WINDOW_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds: how long a ticket stays locked for its buyer' })
    .positive()
    .max(86_400)
    .default(900),
  PAYMENT_ATTEMPTS: z.coerce
    .number({ error: 'must be a number: how many cards may be tried for an order' })
    .int()
    .min(1)
    .max(10)
    .default(3),
  PAYMENT_EXTENSION_SECONDS: z.coerce
    .number({
      error: 'must be a number of seconds: how long a payment in progress extends the hold, at most',
    })
    .min(0)
    .max(600)
    .default(60),
  REFUND_WINDOW_HOURS: z.coerce
    .number({ error: 'must be a number of hours: how long after a sale its seller can refund it' })
    .min(0)
    .max(8_760)
    .default(336),
  SERVICE_FEE_PERCENT: z.coerce
    .number({ error: 'must be a number: the percentage of a price that the marketplace keeps' })
    .refine(isFeePercent, { error: 'must be a percentage from 0 to 100, with at most two decimals' })
    .default(DEFAULT_FEE.percent),
  SERVICE_FEE_FIXED: z.coerce
    .number({ error: 'must be a number of minor units: what the marketplace keeps of every sale besides' })
    .refine(isFeeFixed, { error: 'must be a whole number of minor units (cents), 0 or more' })
    .default(DEFAULT_FEE.fixed),
});

export const config = loadConfig(configSchema);
