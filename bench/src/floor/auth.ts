import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { database, NOT_FOUND, serve, type Answer } from './http';
import { sessionCookie, userOf } from './session';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** The same for all contenders: what OWASP recommends, five times the work of Node's default. */
const COST: ScryptOptions = { N: 2 ** 14, r: 8, p: 5 };

interface Credentials {
  email: string;
  password: string;
}

interface Account {
  email: string;
  salt: Buffer;
  hash: Buffer;
}

const run = async (): Promise<void> => {
  const users = (await database()).collection<Account>('users');
  await users.createIndex({ email: 1 }, { unique: true });

  const signUp = async ({ email, password }: Credentials): Promise<Answer> => {
    const salt = randomBytes(16);
    const { insertedId } = await users.insertOne({
      email,
      salt,
      hash: await derive(password, salt, 64, COST),
    });
    const user = { id: insertedId.toHexString(), email };
    return { status: 201, body: user, cookie: sessionCookie(user) };
  };

  const signIn = async ({ email, password }: Credentials): Promise<Answer> => {
    const found = await users.findOne({ email }, { promoteBuffers: true });
    if (!found) return NOT_FOUND;
    const matches = timingSafeEqual(found.hash, await derive(password, found.salt, 64, COST));
    if (!matches) return { status: 400, body: { errors: [{ message: 'Invalid credentials' }] } };
    const user = { id: found._id.toHexString(), email };
    return { status: 200, body: user, cookie: sessionCookie(user) };
  };

  serve((req, body) => {
    if (req.url === '/api/users/signup') return signUp(body as Credentials);
    if (req.url === '/api/users/signin') return signIn(body as Credentials);
    return { status: 200, body: { currentUser: userOf(req) } };
  });
};

void run();
