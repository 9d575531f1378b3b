import { randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { model, Schema } from 'mongoose';
import { asJson } from '../shared/schema';

const scryptAsync = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

/** The same for all contenders: what OWASP recommends, five times the work of Node's default. */
const COST: ScryptOptions = { N: 2 ** 14, r: 8, p: 5 };

export const toHash = async (password: string): Promise<string> => {
  const salt = randomBytes(8).toString('hex');
  const hash = await scryptAsync(password, salt, 64, COST);
  return `${hash.toString('hex')}.${salt}`;
};

export const compare = async (stored: string, supplied: string): Promise<boolean> => {
  const [hash = '', salt = ''] = stored.split('.');
  const supplyHash = await scryptAsync(supplied, salt, 64, COST);
  return supplyHash.toString('hex') === hash;
};

const userSchema = new Schema({
  email: { type: String, required: true },
  password: { type: String, required: true },
});

userSchema.pre('save', async function () {
  if (this.isModified('password')) this.password = await toHash(this.password);
});

userSchema.plugin(asJson);

export const User = model('User', userSchema);
