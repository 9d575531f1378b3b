import type { IncomingMessage, ServerResponse } from 'node:http';

/** Seconds until a page that stands in for a service loads again. */
const RELOAD_SECONDS = 4;

/** A page is what is wanted where HTML is named; API clients ask for JSON or for anything. */
const wantsPage = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && /\btext\/html\b/i.test(headers.accept ?? '');

const STYLE = `
  body { margin: 0; display: grid; place-items: center; min-height: 100vh; font: 1.1rem/1.5 system-ui, sans-serif;
    color: #1c1830; background: #fbf9f6; }
  main { max-width: 30rem; padding: 1.5rem; text-align: center; }
  h1 { font-size: 1.8rem; line-height: 1.2; }
  a { color: #5536e2; }
  @media (prefers-color-scheme: dark) { body { color: #f3f0fa; background: #14111f; } a { color: #b3a4ff; } }`;

/** What a browser shows while a service is away: it loads again by itself, and by a link without waiting. */
const awayPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="${RELOAD_SECONDS}">
<title>We’ll be right back · Ticketing</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>We’ll be right back</h1>
<p>Part of the shop is restarting. Your orders and tickets are safe.</p>
<p>This page loads again by itself every few seconds, or <a href="">try again now</a>.</p>
</main>
</body>
</html>
`;

const json = (message: string): string => JSON.stringify({ errors: [{ message }] });

/** Ends a response with this status, unless it has begun: then all that is left is to break it off visibly. */
const send = (
  res: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
) => {
  if (res.headersSent) return void res.destroy();
  res.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, ...headers }).end(body);
};

/** 503: a page for a browser, the standard error body for everyone else. */
export const sendUnavailable = (req: IncomingMessage, res: ServerResponse): void => {
  const headers = { 'Cache-Control': 'no-store', Vary: 'Accept' };
  if (wantsPage(req))
    return send(res, 503, 'text/html', awayPage, { ...headers, 'Retry-After': String(RELOAD_SECONDS) });
  const message = 'This part of the shop is not available right now; please try again in a moment';
  send(res, 503, 'application/json', json(message), { ...headers, 'Retry-After': '1' });
};

export const sendNotFound = (res: ServerResponse): void =>
  send(res, 404, 'application/json', json('Not found'));
