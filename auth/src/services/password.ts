import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

const KEY_BYTES = 64;
const SALT_BYTES = 16;

/** Passwords are stored as salt and scrypt hash (RFC 7914, Node's cost parameters), never as they are. */
export const Password = {
  /** @returns `<salt>.<hash>`, both hexadecimal */
  async toHash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const hash = await derive(password, salt, KEY_BYTES);
    return `${salt.toString('hex')}.${hash.toString('hex')}`;
  },

  /** Whether `password` is the one that `stored` was made of; takes the same time either way. */
  async compare(stored: string, password: string): Promise<boolean> {
    const [salt = '', expected = ''] = stored.split('.');
    const hash = await derive(password, Buffer.from(salt, 'hex'), KEY_BYTES);
    const expectedBytes = Buffer.from(expected, 'hex');
    return expectedBytes.length === hash.length && timingSafeEqual(hash, expectedBytes);
  },

  /** Spends the time of a comparison, so that an unknown account does not answer sooner than a known one. */
  async compareWithNothing(password: string): Promise<false> {
    await derive(password, Buffer.alloc(SALT_BYTES), KEY_BYTES);
    return false;
  },
};
