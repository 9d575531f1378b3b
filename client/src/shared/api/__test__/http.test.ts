/** @jest-environment node */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import createClient from 'openapi-fetch';
import { within, type Http } from '../http';
import { marketplace } from '../marketplace';

let server: Server;
let onRequest: RequestListener;
let requested: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    requested.push(`${request.method} ${request.url}`);
    onRequest(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => (requested = []));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const answers =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

const shop = (milliseconds = 5_000) => {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http: Http = createClient({ baseUrl, fetch: within(milliseconds) });
  return marketplace({ auth: http, tickets: http, orders: http, payments: http });
};

describe('when a service responds', () => {
  test('then the tickets come with the cursor of the next page', async () => {
    onRequest = answers(200, '[]', { link: '</api/tickets?cursor=abc>; rel="next"' });
    await expect(shop().tickets({ q: 'a b', limit: 24 })).resolves.toEqual({ tickets: [], next: 'abc' });
    expect(requested).toEqual(['GET /api/tickets?q=a%20b&limit=24']);
  });

  test('then an id is one part of the path', async () => {
    onRequest = answers(200, '{}');
    await shop().order('../tickets?x=1');
    expect(requested).toEqual(['GET /api/orders/..%2Ftickets%3Fx%3D1']);
  });

  test('then a cancellation needs no response body', async () => {
    onRequest = (_request, response) => void response.writeHead(204).end();
    await expect(shop().cancelOrder('1')).resolves.toBeUndefined();
  });

  test('then an error carries the service’s message', async () => {
    onRequest = answers(400, '{ "errors": [{ "message": "Ticket is already reserved" }] }');
    await expect(shop().createOrder({ ticketId: '1' })).rejects.toMatchObject({
      name: 'ApiError',
      status: 400,
      message: 'Ticket is already reserved',
    });
  });

  test('then a page instead of data is an error', async () => {
    onRequest = answers(200, '<html>Welcome to the network</html>');
    await expect(shop().orders()).rejects.toMatchObject({ name: 'ApiError', status: 0 });
  });
});

describe('when a service does not respond', () => {
  test('then the call times out, and the error has its URL', async () => {
    onRequest = () => undefined;
    await expect(shop(50).orders()).rejects.toMatchObject({
      status: 0,
      url: expect.stringMatching(/\/api\/orders$/) as string,
    });
  });

  test('then the caller can abort it', async () => {
    onRequest = () => undefined;
    const leaving = new AbortController();
    const call = shop().orders({ signal: leaving.signal });
    leaving.abort();
    await expect(call).rejects.toMatchObject({ status: 0 });
  });
});
