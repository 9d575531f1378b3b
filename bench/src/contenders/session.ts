import jwt from 'jsonwebtoken';

/** Signs the sessions of all contenders; only this run uses it. */
export const JWT_KEY = 'benchmark-sessions-on-the-loopback-address';

/** Who lists the tickets: sellers cannot buy their own. */
export const SELLER = { id: '6500000000000000000000bb', email: 'seller@example.com' };

export const USER = { id: '6500000000000000000000aa', email: 'buyer@example.com' };

/** The cookie of a signed-in user, the same for all contenders. */
export const cookieOf = (user: { id: string; email: string }): string => {
  const token = jwt.sign(user, JWT_KEY, { algorithm: 'HS256', expiresIn: '1d' });
  return `session=${Buffer.from(JSON.stringify({ jwt: token })).toString('base64')}`;
};
