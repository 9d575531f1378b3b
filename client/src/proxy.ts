import { randomBytes, randomUUID } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { getConfig } from './shared/server/config';
import { contentSecurityPolicy } from './shared/server/csp';

/** Gives every page a fresh nonce with its policy, and one id to follow the page's calls by. */
export const proxy = (request: NextRequest) => {
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
  return response;
};

export const config = {
  matcher:
    '/((?!_next/static|api/|sandbox/|healthz|readyz|[\\w-]+\\.(?:svg|ico|png|jpg|txt|xml|webmanifest)$).*)',
};
