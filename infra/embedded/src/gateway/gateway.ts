import { randomUUID } from 'node:crypto';
import http, { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express, { type RequestHandler } from 'express';
import { createProxyMiddleware, debugProxyErrorsPlugin, proxyEventsPlugin } from 'http-proxy-middleware';
import { matchRoute, readIngress, type Route } from './ingress';
import { UpstreamAgent } from './upstream-agent';
import { welcomePage } from './welcome';

export interface GatewayOptions {
  port: number;
  /** Where a Kubernetes Service is to be found here, e.g. `http://127.0.0.1:3001`. */
  targets: Record<string, string | undefined>;
  routes?: Route[];
}

export interface Gateway {
  readonly port: number;
  /** Stops taking connections and lets requests that are under way finish, within the deadline. */
  stop(deadlineMs?: number): Promise<void>;
}

const RETRY_AFTER_MS = 150;
const RETRIED_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/** This is the outermost hop: what a caller claims about itself is replaced, as an ingress controller does. */
const setForwarded = (req: IncomingMessage): void => {
  req.headers['x-forwarded-for'] = req.socket.remoteAddress ?? '';
  req.headers['x-forwarded-proto'] = 'http';
  req.headers['x-forwarded-host'] = req.headers.host ?? '';
  req.headers['x-forwarded-port'] = String(req.socket.localPort ?? '');
  req.headers['x-request-id'] ??= randomUUID();
};

const unavailable = (res: ServerResponse | Socket, service: string): void => {
  const body = JSON.stringify({ errors: [{ message: `${service} is not available; try again soon` }] });
  if (!('setHeader' in res)) {
    res.end(`HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  // The answer had begun: all that is left is to end it visibly broken.
  if (res.headersSent) return void res.destroy();
  res.writeHead(503, { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': '1' }).end(body);
};

/** The second try of a request without a body, whose stream the first try has used up. */
const sendAgain = (req: IncomingMessage, res: ServerResponse, service: string, target: string): void => {
  const again = http.request(new URL(req.url ?? '/', target), { method: req.method, headers: req.headers });
  again.on('response', (answer) => {
    res.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(res);
  });
  again.on('error', () => unavailable(res, service));
  res.on('close', () => again.destroy());
  again.end();
};

const hasNoBody = (req: IncomingMessage): boolean =>
  req.headers['transfer-encoding'] === undefined && !Number(req.headers['content-length']);

const proxyTo = (service: string, target: string, agent: UpstreamAgent) =>
  createProxyMiddleware({
    target,
    agent,
    // Not the plugin that answers errors by itself, in words that are not the marketplace's.
    ejectPlugins: true,
    plugins: [debugProxyErrorsPlugin, proxyEventsPlugin],
    on: {
      error: (error, req, res) => {
        const { code } = error as NodeJS.ErrnoException;
        const retryable =
          RETRIED_METHODS.has(req.method ?? '') && NOT_CONNECTED.has(code ?? '') && hasNoBody(req);
        if (!('setHeader' in res) || res.headersSent || !retryable)
          return unavailable(res as ServerResponse, service);
        setTimeout(() => {
          if (!res.destroyed) sendAgain(req, res, service, target);
        }, RETRY_AFTER_MS);
      },
    },
  });

/** The ingress without a cluster: the same routes, to the same services, on one port. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const routes = options.routes ?? readIngress();
  const agent = new UpstreamAgent();
  const proxies = new Map<string, ReturnType<typeof proxyTo>>();
  for (const { service } of routes) {
    const target = options.targets[service];
    if (target && !proxies.has(service)) proxies.set(service, proxyTo(service, target, agent));
  }

  const route: RequestHandler = (req, res, next) => {
    const match = matchRoute(routes, req.path);
    const proxy = match && proxies.get(match.service);
    if (proxy) return void proxy(req, res, next);
    if (!match) return void res.status(404).json({ errors: [{ message: 'Not found' }] });
    if (match.path !== '/') return unavailable(res, match.service);
    if (req.path !== '/') return void res.status(404).json({ errors: [{ message: 'Not found' }] });
    res.type('html').send(welcomePage(routes));
  };

  const app = express();
  app.disable('x-powered-by');
  app.use((req, _res, next) => {
    setForwarded(req);
    next();
  });
  app.use(route);

  const server = createServer({ keepAliveTimeout: 65_000 }, app);
  server.on('upgrade', (req, socket, head) => {
    const match = matchRoute(routes, (req.url ?? '/').split('?')[0]!);
    const proxy = match && proxies.get(match.service);
    if (!proxy) return void socket.destroy();
    setForwarded(req);
    proxy.upgrade(req, socket as Socket, head);
  });
  await listen(server, options.port);

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

/** A backlog long enough for a thousand connections at the same moment. */
const BACKLOG = 4_096;

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
