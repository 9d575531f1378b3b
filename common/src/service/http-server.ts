import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

/** How often kept-alive connections are checked whose last request has ended meanwhile, in milliseconds. */
const IDLE_CHECK_MS = 50;

/**
 * Serves an app over HTTP.
 *
 * @param port 0 for any free one
 * @throws (rejects) when the port cannot be listened on
 */
export const serve = async (app: Express, port: number): Promise<{ server: Server; port: number }> => {
  const server = createServer(app);
  // Longer than the ingress keeps an idle connection, so that it never sends into one just closed.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
};

/** Takes no more connections and resolves when the requests in flight are answered. */
export const drain = async (server: Server): Promise<void> => {
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearInterval(idle);
};
