import { createSecretKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { parseConfig } from '../../config/load-config';
import { sessionVariables, signingVariables } from '../../config/variables';
import { createSessions } from '../session';
import { sessionKeysOf } from '../session-keys';

const user = { id: '6553f1f77bcf86cd79943901', email: 'ann@example.com' };
const SECRET = 'a secret of thirty-two bytes, or more';

const makeKey = (kid: string = randomUUID(), modulusLength = 2048) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  return {
    kid,
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey,
    private: { ...privateKey.export({ format: 'jwk' }), kid },
    public: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256' },
  };
};
type Key = ReturnType<typeof makeKey>;
const setOf = (...keys: Key[]) => JSON.stringify({ keys: keys.map((key) => key.public) });
const [old, next, foreign] = [makeKey(), makeKey(), makeKey()];

const reader = (...keys: Key[]) => createSessions(sessionKeysOf({ JWT_PUBLIC_KEYS: setOf(...keys) }));
const signer = (key: Key, ...others: Key[]) =>
  createSessions(
    sessionKeysOf({ JWT_PRIVATE_KEY: JSON.stringify(key.private), JWT_PUBLIC_KEYS: setOf(key, ...others) }),
  );

describe('when one service has the private key', () => {
  it('then the others verify what it signs, and cannot sign', () => {
    const token = signer(old).sign(user);
    expect(jwt.decode(token, { complete: true })!.header).toMatchObject({ alg: 'RS256', kid: old.kid });
    expect(reader(old).verify(token).user).toEqual(user);
    expect(() => reader(old).sign(user)).toThrow('JWT_PRIVATE_KEY');
  });

  it('then a rotation has both public keys for a time, and sessions of both are good', () => {
    const [before, after] = [signer(old).sign(user), signer(next, old).sign(user)];
    for (const token of [before, after]) expect(reader(old, next).verify(token).user).toEqual(user);
    expect(() => reader(next).verify(before)).toThrow(jwt.JsonWebTokenError);
  });

  it('then HS256 is read as long as the secret is there, and no longer', () => {
    const token = createSessions(SECRET).sign(user);
    const moving = createSessions(sessionKeysOf({ JWT_KEY: SECRET, JWT_PUBLIC_KEYS: setOf(old) }));
    expect(moving.verify(token).user).toEqual(user);
    expect(() => reader(old).verify(token)).toThrow(jwt.JsonWebTokenError);
  });
});

describe('when a token chooses its algorithm or key, then it is no session', () => {
  const sessions = createSessions(sessionKeysOf({ JWT_KEY: SECRET, JWT_PUBLIC_KEYS: setOf(old) }));
  const payload = { ...user, sid: 's', epoch: 0 };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = () => Math.floor(Date.now() / 1000);
  // jsonwebtoken itself refuses to sign with a PEM as a secret; an attacker's tool does not.
  const hs256 = (secret: string, header: object) =>
    jwt.sign(payload, createSecretKey(Buffer.from(secret)), {
      algorithm: 'HS256',
      header: { alg: 'HS256', ...header },
    });

  it.each<[string, () => string]>([
    ['HS256 with the public key for a secret, by its kid', () => hs256(old.pem, { kid: old.kid })],
    ['HS256 with the public key for a secret, without a kid', () => hs256(old.pem, {})],
    ['HS256 with the key set for a secret', () => hs256(setOf(old), { kid: old.kid })],
    ['HS256 with the secret, under the kid of a public key', () => hs256(SECRET, { kid: old.kid })],
    ['RS256 without a kid', () => jwt.sign(payload, old.privateKey, { algorithm: 'RS256' })],
    ['RS384', () => jwt.sign(payload, old.privateKey, { algorithm: 'RS384', keyid: old.kid })],
    ['PS256', () => jwt.sign(payload, old.privateKey, { algorithm: 'PS256', keyid: old.kid })],
    [
      'another key under a known kid',
      () => jwt.sign(payload, foreign.privateKey, { algorithm: 'RS256', keyid: old.kid }),
    ],
    [
      'an unknown kid',
      () => jwt.sign(payload, foreign.privateKey, { algorithm: 'RS256', keyid: foreign.kid }),
    ],
    [
      'a kid that every object has',
      () => jwt.sign(payload, foreign.privateKey, { algorithm: 'RS256', keyid: 'constructor' }),
    ],
    ['none', () => `${encode({ alg: 'none', kid: old.kid })}.${encode({ ...payload, iat: iat() })}.`],
    [
      'a key of its own',
      () =>
        jwt.sign(payload, foreign.privateKey, {
          algorithm: 'RS256',
          header: { alg: 'RS256', jwk: foreign.public } as never,
        }),
    ],
  ])('%s', (_what, token) => {
    expect(() => sessions.verify(token())).toThrow(jwt.JsonWebTokenError);
  });
});

describe('when a token is verified again', () => {
  afterEach(() => jest.restoreAllMocks());

  it('then its signature is not, until it has expired', () => {
    const sessions = signer(old);
    const token = sessions.sign(user);
    const verify = jest.spyOn(jwt, 'verify');
    for (let n = 0; n < 3; n += 1) expect(sessions.verify(token).user).toEqual(user);
    expect(verify).toHaveBeenCalledTimes(1);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 8 * 24 * 3_600_000);
    expect(() => sessions.verify(token)).toThrow('expired');
  });

  it('then a bounded number of them is remembered', () => {
    const sessions = createSessions(SECRET);
    const first = sessions.sign(user);
    sessions.verify(first);
    for (let n = 0; n < 5_000; n += 1) sessions.verify(sessions.sign(user));
    const verify = jest.spyOn(jwt, 'verify');
    sessions.verify(first);
    expect(verify).toHaveBeenCalledTimes(1);
  });
});

describe('when the configuration holds keys', () => {
  const schema = z.object({ ...sessionVariables, ...signingVariables });
  const problems = (env: NodeJS.ProcessEnv): string => {
    try {
      parseConfig(schema, env);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const privateOf = (key: Key) => JSON.stringify(key.private);

  it.each<[string, NodeJS.ProcessEnv]>([
    ['a secret', { JWT_KEY: 'asdf' }],
    ['a long secret, in production', { JWT_KEY: SECRET, NODE_ENV: 'production' }],
    ['a key pair', { JWT_PRIVATE_KEY: privateOf(old), JWT_PUBLIC_KEYS: setOf(old, next) }],
    ['public keys beside the secret', { JWT_KEY: SECRET, JWT_PUBLIC_KEYS: setOf(old) }],
  ])('then %s is enough', (_what, env) => expect(problems(env)).toBe(''));

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['nothing', {}, /^.*\n {2}- JWT_KEY: is required.*JWT_PUBLIC_KEYS$/],
    [
      'a short secret, in production',
      { JWT_KEY: 'x'.repeat(31), NODE_ENV: 'production' },
      /JWT_KEY: must have at least 32 bytes in production/,
    ],
    [
      'public keys alone, where sessions are signed',
      { JWT_PUBLIC_KEYS: setOf(old) },
      /JWT_PRIVATE_KEY: is required/,
    ],
    [
      'a private key without its public one',
      { JWT_PRIVATE_KEY: privateOf(old), JWT_PUBLIC_KEYS: setOf(next) },
      /JWT_PRIVATE_KEY: must have its public key/,
    ],
    [
      'a private key under the kid of another',
      { JWT_PRIVATE_KEY: JSON.stringify({ ...old.private, kid: next.kid }), JWT_PUBLIC_KEYS: setOf(next) },
      /JWT_PRIVATE_KEY: must have its public key/,
    ],
    [
      'a private key without a set',
      { JWT_KEY: SECRET, JWT_PRIVATE_KEY: privateOf(old) },
      /JWT_PRIVATE_KEY: must have its public key/,
    ],
    [
      'a private key among the public ones',
      { JWT_KEY: SECRET, JWT_PUBLIC_KEYS: JSON.stringify({ keys: [old.private] }) },
      /JWT_PUBLIC_KEYS: must hold public keys only/,
    ],
    [
      'a key without a kid',
      { JWT_KEY: SECRET, JWT_PUBLIC_KEYS: JSON.stringify({ keys: [{ ...old.public, kid: undefined }] }) },
      /JWT_PUBLIC_KEYS: .*kid/,
    ],
    [
      'one kid twice',
      { JWT_KEY: SECRET, JWT_PUBLIC_KEYS: setOf(old, old) },
      /JWT_PUBLIC_KEYS: must have each kid once/,
    ],
    [
      'short keys',
      { JWT_KEY: SECRET, JWT_PUBLIC_KEYS: setOf(makeKey('short', 1024)) },
      /JWT_PUBLIC_KEYS: .*2048 bits/,
    ],
    [
      'a PEM',
      { JWT_KEY: SECRET, JWT_PUBLIC_KEYS: old.pem },
      /JWT_PUBLIC_KEYS: must be a JSON Web Key Set.*JSON/,
    ],
    [
      'keys of no shape',
      { JWT_KEY: SECRET, JWT_PUBLIC_KEYS: '{"keys":[]}', JWT_PRIVATE_KEY: 'x' },
      /JWT_PUBLIC_KEYS: [^]*JWT_PRIVATE_KEY: /,
    ],
  ])('then %s is one message', (_what, env, message) => {
    expect(problems(env)).toMatch(message);
    expect(problems(env)).not.toContain(old.private.d!);
  });
});
