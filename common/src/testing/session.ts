import { Types } from 'mongoose';
import { createSessions } from '../http/session';

/** A new id, as MongoDB makes them: 24 hexadecimal digits, the first eight of which are the time. */
export const newId = (): string => new Types.ObjectId().toHexString();

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
