import { randomBytes, randomUUID } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { getConfig } from './shared/server/config';
import { contentSecurityPolicy } from './shared/server/csp';

/** For a year, browsers come over TLS only. */
const HSTS = 'max-age=31536000; includeSubDomains';

/** The same page over TLS, where a visitor came without and the ingress has let them. */
const overTls = (request: NextRequest): NextResponse | undefined => {
  if (request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() !== 'http') return undefined;
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  if (!host) return undefined;
  const { pathname, search } = request.nextUrl;
  return NextResponse.redirect(new URL(pathname + search, `https://${host}`), 308);
};

/** Gives every page a fresh nonce with its policy, and one id to follow the page's calls by. */
export const proxy = (request: NextRequest) => {
  const { isSecure } = getConfig();
  const redirect = isSecure ? overTls(request) : undefined;
  if (redirect) return redirect;
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString('base64'),
    withStripe: getConfig().stripePublishableKey !== undefined,
    development: process.env.NODE_ENV === 'development',
  });
  const requestId = request.headers.get('x-request-id') ?? randomUUID();

  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-request-id', requestId);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', requestId);
  if (isSecure) response.headers.set('strict-transport-security', HSTS);
  return response;
};

export const config = {
  matcher:
    '/((?!_next/static|api/|sandbox/|healthz|readyz|[\\w-]+\\.(?:svg|ico|png|jpg|txt|xml|webmanifest)$).*)',
};
