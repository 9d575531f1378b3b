import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HttpAgent } from 'agentkeepalive';
import compression from 'compression';
import { createProxyMiddleware, debugProxyErrorsPlugin, proxyEventsPlugin } from 'http-proxy-middleware';
import { sendNotFound, sendUnavailable } from './gateway-errors';
import { DEFAULT_LIMITS, InFlight, type GatewayLimits } from './gateway-limits';
import { matchRoute, readIngress, type Route } from './ingress';

export interface GatewayOptions {
  /** 0 takes a free one. */
  port: number;
  /** Where a Kubernetes Service is reached here, e.g. `http://127.0.0.1:3001`. */
  targets: Partial<Record<string, string>>;
  /** By default those of the development ingress. */
  routes?: Route[];
  limits?: Partial<GatewayLimits>;
}

export interface Gateway {
  readonly port: number;
  /** Closes the port and lets requests in flight finish, within the deadline. */
  stop(deadlineMs?: number): Promise<void>;
}

/** Long enough for a thousand connections at the same moment. */
const BACKLOG = 4_096;
const RETRY_AFTER_MS = 150;
const RETRIED_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/**
 * Connections to the services. Node's servers let 511 connections wait to be accepted, so more requests than the limit
 * wait here. An idle connection is closed before a service closes it after 75 seconds: a request sent into a connection
 * that is just being closed would fail without the service having seen it. The library also applies this timeout to a
 * request that has waited for a connection, so it must be longer than any response takes.
 */
const upstreamAgent = () =>
  new HttpAgent({ maxSockets: 256, maxFreeSockets: 256, freeSocketTimeout: 60_000, timeout: 0 });

/** This is the outermost hop: what a caller claims about itself is replaced, as an ingress controller does. */
const setForwarded = (req: IncomingMessage): void => {
  req.headers['x-forwarded-for'] = req.socket.remoteAddress ?? '';
  req.headers['x-forwarded-proto'] = 'http';
  req.headers['x-forwarded-host'] = req.headers.host ?? '';
  req.headers['x-forwarded-port'] = String(req.socket.localPort ?? '');
  req.headers['x-request-id'] ??= randomUUID();
};

const hasNoBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && !Number(headers['content-length']);

/** What / shows while no client runs. */
const welcomePage = (routes: Route[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Ticketing API</title>
<h1>Ticketing API</h1>
<p>The services are running, the shop is not. <code>docs/openapi.yaml</code> describes these routes:</p>
<ul>
${routes.map(({ path, service }) => `<li><code>${path}</code> (${service})</li>`).join('\n')}
</ul>
</html>
`;

/** Compresses answers of more than a kilobyte for who accepts it; a stream of events must not wait in a buffer. */
const compress = compression({
  filter: (req, res) =>
    !String(res.getHeader('content-type')).startsWith('text/event-stream') && compression.filter(req, res),
}) as (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/** The ingress without a cluster: the same routes, to the same services, on one port. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { targets, routes = readIngress() } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const inFlight = new InFlight(limits);
  const agent = upstreamAgent();
  const retried = new WeakSet<IncomingMessage>();
  const pathOf = (req: IncomingMessage): string => (req.url ?? '/').split('?')[0] ?? '/';
  const routeOf = (req: IncomingMessage) => matchRoute(routes, pathOf(req));
  const targetOf = (req: IncomingMessage) => targets[routeOf(req)?.service ?? ''];

  const onError = (
    error: NodeJS.ErrnoException,
    req: IncomingMessage,
    res: ServerResponse | Socket,
  ): void => {
    if (!('setHeader' in res)) {
      return void res.end(
        'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
      );
    }
    const retryable =
      RETRIED_METHODS.has(req.method ?? '') && NOT_CONNECTED.has(error.code ?? '') && hasNoBody(req);
    if (!retryable || retried.has(req) || inFlight.isOverdue(req) || res.headersSent) {
      return sendUnavailable(req, res);
    }
    retried.add(req);
    setTimeout(() => res.destroyed || void proxy(req, res), RETRY_AFTER_MS);
  };
  const proxy = createProxyMiddleware<IncomingMessage, ServerResponse>({
    target: 'http://127.0.0.1',
    router: targetOf,
    agent,
    proxyTimeout: limits.timeoutMs,
    // Without the plugin that answers errors itself, in a body of another form than the marketplace's.
    ejectPlugins: true,
    plugins: [debugProxyErrorsPlugin, proxyEventsPlugin],
    on: { error: onError },
  });

  const server = createServer({ keepAliveTimeout: 65_000 }, (req, res) => {
    setForwarded(req);
    const target = targetOf(req);
    if (target) {
      if (!inFlight.enter(target, req, res)) return sendUnavailable(req, res);
      return compress(req, res, () => void proxy(req, res));
    }
    const route = routeOf(req);
    if (route && route.path !== '/') return sendUnavailable(req, res);
    if (!route || pathOf(req) !== '/') return sendNotFound(res);
    res
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      .end(welcomePage(routes.filter(({ path }) => path !== '/')));
  });
  server.on('upgrade', (req: IncomingMessage, socket: Socket, head) => {
    if (!targetOf(req)) return void socket.destroy();
    setForwarded(req);
    proxy.upgrade(req, socket, head);
  });
  server.listen({ port: options.port, backlog: BACKLOG });
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    async stop(deadlineMs = 3_000) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), deadlineMs);
      await closed;
      clearTimeout(timer);
      agent.destroy();
    },
  };
};
