import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { config } from '../config';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

const KEY_BYTES = 64;
const SALT_BYTES = 16;

/** What a hash costs: scrypt's parameters (RFC 7914), N as its logarithm. */
interface Cost {
  ln: number;
  r: number;
  p: number;
}

/** Node's own, with which hashes were made before they told their cost. */
const UNTOLD: Cost = { ln: 14, r: 8, p: 1 };

const presentCost = (): Cost => ({ ln: 14, r: 8, p: config.SCRYPT_PARALLELIZATION });

interface Stored {
  cost: Cost;
  salt: Buffer;
  hash: Buffer;
}

const PHC = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/-]+)\$([\w+/-]+)$/;

const parse = (stored: string): Stored => {
  const [, ln, r, p, salt = '', hash = ''] = PHC.exec(stored) ?? [];
  if (hash)
    return {
      cost: { ln: Number(ln), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt, 'base64'),
      hash: Buffer.from(hash, 'base64'),
    };
  const [untoldSalt = '', untoldHash = ''] = stored.split('.');
  return { cost: UNTOLD, salt: Buffer.from(untoldSalt, 'hex'), hash: Buffer.from(untoldHash, 'hex') };
};

const hashOf = (password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> => {
  const N = 2 ** ln;
  // Twice what it takes; Node's own limit is just above that of the cost above.
  return derive(password, salt, KEY_BYTES, { N, r, p, maxmem: 2 * 128 * N * r });
};

/** Base64 without padding, as the PHC format has it. */
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Passwords are stored as salt and scrypt hash, never as they are, with what the hash has cost. */
export const Password = {
  /** @returns `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`, the PHC string format */
  async toHash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const cost = presentCost();
    const hash = await hashOf(password, salt, cost);
    return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(hash)}`;
  },

  /** Whether `password` is the one that `stored` was made of; takes the same time either way. */
  async compare(stored: string, password: string): Promise<boolean> {
    const { cost, salt, hash: expected } = parse(stored);
    const hash = await hashOf(password, salt, cost);
    return expected.length === hash.length && timingSafeEqual(hash, expected);
  },

  /** Whether `stored` has cost something else than a hash costs now. */
  isOutdated(stored: string): boolean {
    const [{ cost }, present] = [parse(stored), presentCost()];
    return cost.ln !== present.ln || cost.r !== present.r || cost.p !== present.p;
  },

  /** Spends the time of a comparison, so that an unknown account does not answer sooner than a known one. */
  async compareWithNothing(password: string): Promise<false> {
    await hashOf(password, Buffer.alloc(SALT_BYTES), presentCost());
    return false;
  },
};
