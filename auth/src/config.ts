import {
  isProduction,
  judgedBy,
  limitVariable,
  loadConfig,
  redisVariables,
  serviceVariables,
  signingVariables,
} from '@ticketing/common';
import { z } from 'zod';

/** OWASP's Password Storage Cheat Sheet: with N = 2^14 and r = 8, scrypt takes five times the work of one. */
const SCRYPT_PARALLELIZATION = 5;

const redis = redisVariables('where limits are counted for all processes');

export const configSchema = z.object({
  ...serviceVariables,
  ...signingVariables,
  /** Where limits are counted for all processes; without it each counts by itself. */
  REDIS_URL: redis.REDIS_URL.optional(),
  REDIS_TLS_CA: redis.REDIS_TLS_CA,
  SIGN_IN_LIMIT: limitVariable('10/600'),
  SIGN_IN_ACCOUNT_LIMIT: limitVariable('100/3600'),
  SIGN_IN_ADDRESS_LIMIT: limitVariable('100/600'),
  SIGN_UP_ADDRESS_LIMIT: limitVariable('100/3600'),
  PASSWORD_CHANGE_LIMIT: limitVariable('20/900'),
  SCRYPT_PARALLELIZATION: judgedBy(
    z.coerce
      .number({ error: 'must be a number: how many times scrypt does its work' })
      .int()
      .min(1)
      .max(64)
      .default(SCRYPT_PARALLELIZATION),
    (env) =>
      isProduction(env) &&
      Number(env.SCRYPT_PARALLELIZATION ?? SCRYPT_PARALLELIZATION) < SCRYPT_PARALLELIZATION
        ? `must be at least ${SCRYPT_PARALLELIZATION} in production: a cheaper hash is cheaper to guess`
        : undefined,
  ),
  COMMON_PASSWORDS: judgedBy(
    z.enum(['refused', 'allowed'], { error: 'must be refused or allowed' }).default('refused'),
    (env) =>
      isProduction(env) && env.COMMON_PASSWORDS === 'allowed'
        ? 'must not be allowed in production'
        : undefined,
  ),
});

export const config = loadConfig(configSchema);
