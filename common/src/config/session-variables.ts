import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { parsePrivateKey, parsePublicKeys } from '../http/session-keys';
import { readBy } from './read-by';
import { judgedBy } from './rules';

/** RFC 8725, section 3.5: as many as the hash of HS256 has. */
const SECRET_BYTES = 32;

/** Whether this is the real thing: the images say so, and so does `npm start`. */
export const isProduction = (env: NodeJS.ProcessEnv): boolean => env.NODE_ENV === 'production';

const secretProblem = ({
  JWT_KEY: secret,
  JWT_PUBLIC_KEYS,
  ...env
}: NodeJS.ProcessEnv): string | undefined => {
  if (secret === undefined)
    return JWT_PUBLIC_KEYS === undefined
      ? 'is required: the secret that signs the sessions, the same in all services; or else JWT_PUBLIC_KEYS'
      : undefined;
  return isProduction(env) && Buffer.byteLength(secret) < SECRET_BYTES
    ? `must have at least ${SECRET_BYTES} bytes in production, such as: openssl rand -hex 32`
    : undefined;
};

const signingProblem = ({
  JWT_KEY,
  JWT_PUBLIC_KEYS,
  JWT_PRIVATE_KEY,
}: NodeJS.ProcessEnv): string | undefined => {
  if (JWT_PRIVATE_KEY === undefined)
    return JWT_KEY === undefined && JWT_PUBLIC_KEYS !== undefined
      ? 'is required without JWT_KEY: what signs the sessions'
      : undefined;
  try {
    const { kid, key } = parsePrivateKey(JWT_PRIVATE_KEY);
    const known = parsePublicKeys(JWT_PUBLIC_KEYS ?? '').find((one) => one.kid === kid);
    return known?.key.equals(createPublicKey(key)) === true
      ? undefined
      : 'must have its public key among JWT_PUBLIC_KEYS';
  } catch {
    // Either variable has said what is wrong with it, or there is none.
    return JWT_PUBLIC_KEYS === undefined ? 'must have its public key among JWT_PUBLIC_KEYS' : undefined;
  }
};

/** Variables of a service that reads sessions. */
export const sessionVariables = {
  JWT_KEY: judgedBy(z.string().optional(), secretProblem),
  JWT_PUBLIC_KEYS: readBy(z.string(), parsePublicKeys).optional(),
  SESSION_COOKIE_SECURE: z
    .enum(['true', 'false'], { error: 'must be true or false: whether visitors always come over TLS' })
    .default('false')
    .transform((value) => value === 'true'),
};

/** Variables of the service that signs them. */
export const signingVariables = {
  JWT_PRIVATE_KEY: judgedBy(readBy(z.string(), parsePrivateKey).optional(), signingProblem),
};
