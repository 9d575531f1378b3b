import { randomBytes } from 'node:crypto';
import { signSession } from '../http/session';

/**
 * The session cookie of a signed-in person, as an array for supertest's `.set('Cookie', …)`.
 *
 * @param id the person's id (24 hexadecimal digits), by default a new one
 */
export const sessionCookie = (
  id: string = randomBytes(12).toString('hex'),
  email = 'test@test.com',
): string[] => {
  const session = Buffer.from(JSON.stringify({ jwt: signSession({ id, email }) })).toString('base64');
  return [`session=${session}`];
};
