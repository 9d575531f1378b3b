import type { Route } from './ingress';

/** What / shows while no client runs. */
export const welcomePage = (routes: Route[]): string => {
  const rows = routes
    .filter((route) => route.path !== '/')
    .map((route) => `<li><code>${route.path}</code> (${route.service})</li>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Ticketing API</title>
<h1>Ticketing API</h1>
<p>The marketplace's services are running; the shop is not. These routes are served here:</p>
<ul>
${rows.join('\n')}
</ul>
<p><code>docs/openapi.yaml</code> describes the routes, their bodies and answers.</p>
</html>
`;
};
