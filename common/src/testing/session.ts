import { randomBytes } from 'node:crypto';
import { createSessions } from '../http/session';

/** A new id, as MongoDB makes them: 24 hexadecimal digits. */
export const newId = (): string => randomBytes(12).toString('hex');

/**
 * The session cookie of a signed-in user, as an array for supertest's `.set('Cookie', …)`.
 *
 * @param id the user's id (24 hexadecimal digits), by default a new one
 */
export const sessionCookie = (id: string = newId(), email = 'test@test.com'): string[] => {
  const token = createSessions(process.env.JWT_KEY ?? '').sign({ id, email });
  const session = Buffer.from(JSON.stringify({ jwt: token })).toString('base64');
  return [`session=${session}`];
};
