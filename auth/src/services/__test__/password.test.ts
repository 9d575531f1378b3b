import { parseConfig } from '@ticketing/common';
import { scryptSync } from 'node:crypto';
import { configSchema } from '../../config';
import { Password } from '../password';

const salt = Buffer.alloc(16, 7);
/** As hashes were stored before they told their cost. */
const untold = (password: string) =>
  `${salt.toString('hex')}.${scryptSync(password, salt, 64).toString('hex')}`;
const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
const withCost = (password: string, ln: number, p: number) => {
  const hash = scryptSync(password, salt, 64, { N: 2 ** ln, r: 8, p });
  return `$scrypt$ln=${ln},r=8,p=${p}$${base64(salt)}$${base64(hash)}`;
};

describe('when a password is stored', () => {
  it('then its hash says what it has cost, and has a salt of its own', async () => {
    const [one, another] = [await Password.toHash('password'), await Password.toHash('password')];
    expect(one).toMatch(/^\$scrypt\$ln=14,r=8,p=1\$/);
    expect(one).not.toBe(another);
    expect(await Password.compare(one, 'password')).toBe(true);
    expect(await Password.compare(one, 'Password')).toBe(false);
  });

  it.each([
    ['of before', untold('secret word'), false],
    ['of a higher cost', withCost('secret word', 14, 5), true],
    ['of another memory', withCost('secret word', 13, 2), true],
  ])('then a hash %s is still read', async (_what, stored, isOutdated) => {
    expect(await Password.compare(stored, 'secret word')).toBe(true);
    expect(await Password.compare(stored, 'another word')).toBe(false);
    expect(Password.isOutdated(stored)).toBe(isOutdated);
  });

  it.each(['', 'nonsense', '$scrypt$ln=14,r=8,p=1$$', '.'])(
    'then %j is no one’s password',
    async (stored) => {
      expect(await Password.compare(stored, '')).toBe(false);
    },
  );
});

describe('when the configuration says what a hash costs', () => {
  const env = {
    NODE_ENV: 'production',
    JWT_KEY: 'k'.repeat(32),
    MONGO_URI: 'mongodb://localhost/auth',
    NATS_URL: 'nats://localhost:4222',
    NATS_CLUSTER_ID: 'test',
    NATS_CLIENT_ID: 'test',
  };

  it('then by default it is OWASP’s, and common passwords are refused', () => {
    expect(parseConfig(configSchema, env)).toMatchObject({
      SCRYPT_PARALLELIZATION: 5,
      COMMON_PASSWORDS: 'refused',
      SIGN_IN_LIMIT: { times: 10, seconds: 600 },
    });
  });

  it('then production takes nothing cheaper, and says so with every other problem', () => {
    const cheap = { SCRYPT_PARALLELIZATION: '1', COMMON_PASSWORDS: 'allowed', SIGN_IN_LIMIT: 'many' };
    expect(() => parseConfig(configSchema, { ...env, ...cheap })).toThrow(
      /SIGN_IN_LIMIT: .*10\/60[^]*SCRYPT_PARALLELIZATION: must be at least 5[^]*COMMON_PASSWORDS: must not/,
    );
    expect(
      parseConfig(configSchema, { ...env, ...cheap, SIGN_IN_LIMIT: '5/60', NODE_ENV: 'test' }),
    ).toMatchObject({
      SCRYPT_PARALLELIZATION: 1,
      SIGN_IN_LIMIT: { times: 5, seconds: 60 },
    });
  });
});
