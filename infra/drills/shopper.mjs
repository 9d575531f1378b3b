import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const REQUEST_TIMEOUT_MS = 15_000;
const PAUSE_MS = 200;

/** Counts requests by the phase in which they began, and the failed ones by their failure. */
export class Tally {
  phase = 'calm';
  phases = new Map();

  count(phase, failure) {
    const entry = this.phases.get(phase) ?? { began: Date.now(), requests: 0, failed: 0, failures: {} };
    entry.requests += 1;
    if (failure) {
      entry.failed += 1;
      entry.lastFailure = Date.now();
      entry.failures[failure] = (entry.failures[failure] ?? 0) + 1;
    }
    this.phases.set(phase, entry);
  }
}

/** A user with a session who retries what fails. */
export class Shopper {
  credentials = { email: `drill-${randomUUID()}@example.com`, password: 'correct-horse' };

  constructor(url, tally) {
    this.url = url;
    this.tally = tally;
  }

  /** One request. A 5xx, a page instead of JSON and no response at all are failures: counted, not thrown. */
  async once(method, path, data) {
    const { phase } = this.tally;
    const request = `${method} ${path.replace(/[0-9a-f]{24}/, ':id')}`;
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...(this.cookie && { cookie: this.cookie }) },
        body: data && JSON.stringify(data),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      const { status, headers } = response;
      const text = await response.text();
      const session = headers.getSetCookie().find((cookie) => cookie.startsWith('session='));
      if (session) this.cookie = session.split(';')[0];
      // An ingress may route what has no ready pod to the client, which responds with a page and 404.
      const isPage = headers.get('content-type')?.startsWith('text/html') ?? false;
      const failed = status >= 500 || (path.startsWith('/api/') && isPage);
      this.tally.count(phase, failed && `${request} ${status}`);
      return { status, failed, body: isPage || !text ? text : JSON.parse(text) };
    } catch (error) {
      this.tally.count(phase, `${request} ${error.cause?.code ?? error.cause?.message ?? error.name}`);
      return { status: 0, failed: true };
    }
  }

  /** Repeats an attempt until it returns something. */
  async persist(what, attempt) {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const result = await attempt();
      if (result !== undefined) return result;
      await sleep(PAUSE_MS);
    }
    throw new Error(`${what} did not succeed within ${PATIENCE_MS / 1000} s`);
  }

  /** The body of the first response that did not fail and is accepted. */
  until(accept, method, path, data) {
    return this.persist(`${method} ${path}`, async () => {
      const { status, failed, body } = await this.once(method, path, data);
      return !failed && accept(status, body) ? body : undefined;
    });
  }

  get = (path) => this.until((status) => status === 200, 'GET', path);

  async signUp() {
    // A sign-up whose response was lost has still happened: the second attempt is refused, and signing in works.
    await this.until((status) => [201, 400].includes(status), 'POST', '/api/users/signup', this.credentials);
    await this.signIn();
    return this;
  }

  signIn = () => this.until((status) => status === 200, 'POST', '/api/users/signin', this.credentials);

  sell = (title) => this.until((status) => status === 201, 'POST', '/api/tickets', { title, price: 25 });

  ordersOf = async (ticketId) =>
    (await this.get('/api/orders')).filter(({ ticket }) => ticket.id === ticketId);

  /** The payments that took money; 404 while the payments service has not heard of the order. */
  async paymentsOf(orderId) {
    const accept = (status) => [200, 404].includes(status);
    const payments = await this.until(accept, 'GET', `/api/payments?orderId=${orderId}`);
    return Array.isArray(payments) ? payments.filter(({ status }) => status === 'succeeded') : [];
  }

  /** The reservation. After a lost response it may exist already, and its own buyer is refused. */
  reserve = (ticketId) =>
    this.persist(`reserving ${ticketId}`, async () => {
      const { status, body } = await this.once('POST', '/api/orders', { ticketId });
      return status === 201 ? body : (await this.ordersOf(ticketId))[0];
    });

  /** The payment. After a lost response the order may be paid already, and a second payment is refused. */
  pay = (orderId) =>
    this.persist(`paying ${orderId}`, async () => {
      const { status, body } = await this.once('POST', '/api/payments', { orderId, token: 'tok_visa' });
      return status === 201 ? body : (await this.paymentsOf(orderId))[0];
    });

  /** Visits server-rendered pages and the catalogue. */
  async look(ticketId) {
    for (const path of ['/', `/tickets/${ticketId}`, '/api/tickets?limit=5', '/api/users/currentuser'])
      await this.get(path);
  }
}
