import cookieSession from 'cookie-session';
import type { Express, Request, RequestHandler } from 'express';

/** The cookie's name where visitors may come without TLS. */
export const PLAIN_COOKIE = 'session';
/** Its name where they never do: no other host, and no page without TLS, can set a cookie of this name. */
export const HOST_COOKIE = '__Host-session';

const FORCED = 'session cookie is secure';
const isForced = (app: Express): boolean => (app.get(FORCED) as (() => boolean) | undefined)?.() ?? false;

/** The name of the cookie that a request's answer may set. */
export const cookieNameOf = ({ app }: Pick<Request, 'app'>): string =>
  isForced(app as Express) ? HOST_COOKIE : PLAIN_COOKIE;

const jwtIn = (cookie: string | undefined): unknown => {
  if (!cookie) return undefined;
  try {
    return (JSON.parse(Buffer.from(cookie, 'base64').toString()) as { jwt?: unknown } | null)?.jwt;
  } catch {
    return undefined;
  }
};

const patternOf = (name: string): RegExp => new RegExp(`(?:^|;) *${name}=([^;]*)`);
const PATTERNS: Record<string, RegExp | undefined> = {
  [PLAIN_COOKIE]: patternOf(PLAIN_COOKIE),
  [HOST_COOKIE]: patternOf(HOST_COOKIE),
};

/** The value of a cookie that the middleware below does not read. */
const valueOf = (req: Request, name: string): string | undefined =>
  PATTERNS[name]?.exec(req.headers.cookie ?? '')?.[1];

const otherThan = (name: string): string => (name === HOST_COOKIE ? PLAIN_COOKIE : HOST_COOKIE);

/** What a request's cookies of both names hold, that of the present name first; the other is read when it is asked for. */
export function* tokensOf(req: Request): Generator<{ token: unknown; isHost: boolean }> {
  const present = cookieNameOf(req);
  const other = otherThan(present);
  yield {
    token: (req.session as { jwt?: unknown } | null | undefined)?.jwt,
    isHost: present === HOST_COOKIE,
  };
  yield { token: jwtIn(valueOf(req, other)), isHost: other === HOST_COOKIE };
}

/** Signs the visitor's browser out: neither of the cookies that it has sent is left. */
export const clearSession = (req: Request): void => {
  const other = otherThan(cookieNameOf(req));
  req.session = null;
  // The cookie that clears has nothing to protect; SameSite would only keep some callers from clearing it.
  req.sessionOptions.sameSite = undefined;
  if (valueOf(req, other) !== undefined)
    req.res?.cookie(other, '', {
      expires: new Date(0),
      httpOnly: true,
      path: '/',
      secure: other === HOST_COOKIE,
    });
};

/** How long browsers come over TLS only, once they have been told, in seconds. */
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/**
 * Middleware that reads the session cookie and sets it when a request has changed the session.
 *
 * @param options.maxAgeSeconds how long it is kept
 * @param options.isSecure whether visitors always come over TLS, read at the first request: the cookie is then secure and
 *   has the name with `__Host-`, whatever the last hop before this process was. Else it is secure when the request was
 */
export const sessionCookie = (
  app: Express,
  { maxAgeSeconds, isSecure }: { maxAgeSeconds: number; isSecure: () => boolean },
): RequestHandler => {
  app.set(FORCED, isSecure);
  const options = {
    signed: false,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: maxAgeSeconds * 1000,
  } as const;
  const plain = cookieSession({ ...options, name: PLAIN_COOKIE });
  const host = cookieSession({ ...options, name: HOST_COOKIE });
  return (req, res, next) => {
    if (!isSecure()) {
      plain(req, res, next);
      return;
    }
    // Where TLS ends is not this process's business any more, and a cookie that is not secure is refused by this name.
    Object.defineProperty(req, 'protocol', { value: 'https', configurable: true });
    res.setHeader('Strict-Transport-Security', `max-age=${HSTS_SECONDS}; includeSubDomains`);
    host(req, res, next);
  };
};
