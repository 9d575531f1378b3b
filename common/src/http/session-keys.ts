import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';

const MIN_BITS = 2_048;

const jwk = z.looseObject({
  kty: z.literal('RSA', { error: 'must be RSA keys' }),
  kid: z.string({ error: 'must have a kid in each key' }).min(1),
  alg: z.literal('RS256').optional(),
  n: z.string(),
  e: z.string(),
  d: z.string().optional(),
});
const jwkSet = z.object({ keys: z.array(jwk).min(1) });

/** A key with the id by which tokens name it. */
export interface NamedKey {
  kid: string;
  key: KeyObject;
}

const parsed = <S extends z.ZodType>(text: string, schema: S, what: string): z.infer<S> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`must be ${what}, in JSON`);
  }
  const result = schema.safeParse(json);
  if (!result.success) throw new Error(`must be ${what}: ${result.error.issues[0]?.message}`);
  return result.data;
};

const longEnough = (key: KeyObject): KeyObject => {
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_BITS)
    throw new Error(`must have keys of at least ${MIN_BITS} bits`);
  return key;
};

/**
 * The keys that verify sessions.
 *
 * @param text a JSON Web Key Set (RFC 7517) of RSA keys, each with its `kid`
 * @throws Error whose message says what the set must have
 */
export const parsePublicKeys = (text: string): NamedKey[] => {
  const { keys } = parsed(text, jwkSet, 'a JSON Web Key Set of RSA keys');
  if (keys.some(({ d }) => d !== undefined))
    throw new Error('must hold public keys only: one of these is private');
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) throw new Error('must have each kid once');
  return keys.map((one) => ({
    kid: one.kid,
    key: longEnough(createPublicKey({ key: one as JsonWebKey, format: 'jwk' })),
  }));
};

/**
 * The key that signs sessions.
 *
 * @param text a private JSON Web Key of RSA, with its `kid`
 * @throws Error whose message says what the key must have
 */
export const parsePrivateKey = (text: string): NamedKey => {
  const one = parsed(text, jwk, 'a private JSON Web Key of RSA');
  if (one.d === undefined) throw new Error('must be a private key: this one is public');
  return { kid: one.kid, key: longEnough(createPrivateKey({ key: one as JsonWebKey, format: 'jwk' })) };
};

/** The keys of sessions: each is good for one algorithm, whatever a token says. */
export interface SessionKeys {
  /** For HS256, of tokens without a `kid`. */
  secret?: KeyObject;
  /** For RS256, by `kid`. */
  publicKeys: ReadonlyMap<string, KeyObject>;
  /** What signs, if it is here: with RS256. Else the secret does. */
  privateKey?: NamedKey;
}

/** The variables that hold them. */
export interface SessionKeyVariables {
  readonly JWT_KEY?: string;
  readonly JWT_PUBLIC_KEYS?: string;
  readonly JWT_PRIVATE_KEY?: string;
}

/** The keys of a valid configuration. */
export const sessionKeysOf = ({
  JWT_KEY: secret,
  JWT_PUBLIC_KEYS: publicKeys,
  JWT_PRIVATE_KEY: privateKey,
}: SessionKeyVariables): SessionKeys => ({
  // A KeyObject, made once: jsonwebtoken parses a string as a public key, and fails, at each call.
  secret: secret === undefined ? undefined : createSecretKey(Buffer.from(secret)),
  publicKeys: new Map(publicKeys ? parsePublicKeys(publicKeys).map(({ kid, key }) => [kid, key]) : []),
  privateKey: privateKey ? parsePrivateKey(privateKey) : undefined,
});
