import { generateKeyPairSync } from 'node:crypto';
import type { Values } from './pod-environment';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const kid = 'of-the-checks';

/** The secrets of sessions, as the docs have them created: for production, and for development. */
export const sessionSecrets = {
  production: {
    'jwt-keys': {
      JWT_PRIVATE_KEY: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid }),
      JWT_PUBLIC_KEYS: JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] }),
    },
  },
  development: { 'jwt-secret': { JWT_KEY: 'a secret of at least thirty-two bytes' } },
} satisfies Record<string, Values>;
