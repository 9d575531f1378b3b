import 'server-only';
import { getConfig } from '@/shared/server/config';
import { siteUrl } from '@/shared/server/site-url';
import { SANDBOX_PATH } from './sandbox';

/** What of the sandbox a browser may use, as at Stripe: the bank's page, and paying with an intent's secret. */
const FOR_BROWSERS = /^\/(3ds\/pi_\w+|v1\/payment_intents\/pi_\w+\/confirm)$/;

interface SandboxHere {
  sandbox: string;
  shop: URL;
  /** Tell the sandbox at which address a browser reaches it. */
  headers: Record<string, string>;
}

/** The sandbox, as this server reaches it; undefined where Stripe is used. */
export const sandboxHere = async (): Promise<SandboxHere | undefined> => {
  const { stripeSandboxUrl: sandbox } = getConfig();
  if (!sandbox) return undefined;
  const shop = await siteUrl();
  return {
    sandbox,
    shop,
    headers: {
      'x-forwarded-proto': shop.protocol.slice(0, -1),
      'x-forwarded-host': shop.host,
      'x-forwarded-prefix': SANDBOX_PATH,
    },
  };
};

/** The sandbox's page has its styles in itself, and no script. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TIMEOUT_MS = 60_000;

/** Passes a browser's request on to the sandbox: pages without a script can be led to the shop's own origin only. */
export const passToSandbox = async (request: Request): Promise<Response> => {
  const here = await sandboxHere();
  const { pathname, search } = new URL(request.url);
  const path = pathname.slice(SANDBOX_PATH.length);
  if (!here || !FOR_BROWSERS.test(path)) return new Response('Not found', { status: 404 });
  const isPost = request.method === 'POST';
  try {
    const response = await fetch(`${here.sandbox}${path}${search}`, {
      method: request.method,
      headers: {
        ...here.headers,
        ...(isPost && { 'content-type': request.headers.get('content-type') ?? '' }),
      },
      body: isPost ? await request.text() : undefined,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const kept = ['content-type', 'location'].flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as [string, string]];
    });
    const headers = { ...Object.fromEntries(kept), 'content-security-policy': PAGE_POLICY };
    return new Response(response.body, { status: response.status, headers });
  } catch {
    return new Response('The sandbox did not respond', { status: 502 });
  }
};
