import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const REQUEST_TIMEOUT_MS = 15_000;
const PAUSE_MS = 200;

/** Counts every request by the phase it began in, and those that failed by what came back. */
export class Tally {
  phase = 'calm';
  phases = new Map();

  count(phase, failure) {
    const entry = this.phases.get(phase) ?? { requests: 0, failed: 0, failures: {} };
    entry.requests += 1;
    if (failure) {
      entry.failed += 1;
      entry.failures[failure] = (entry.failures[failure] ?? 0) + 1;
    }
    this.phases.set(phase, entry);
  }
}

const failureOf = (error) => error.cause?.code ?? error.cause?.message ?? error.name;

/** Somebody with a session, who asks again when an answer fails, as people do. */
export class Shopper {
  constructor(url, tally) {
    this.url = url;
    this.tally = tally;
  }

  /** One request. A 500 and more, a page for the API and no answer at all are failures: counted, not thrown. */
  async once(method, path, body) {
    const { phase } = this.tally;
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...(this.cookie && { cookie: this.cookie }) },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      const text = await response.text();
      const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('session='));
      if (session) this.cookie = session.split(';')[0];
      // An ingress may send what it finds no pod for to the shop, whose 404 is a page.
      const isPage =
        path.startsWith('/api/') && response.headers.get('content-type')?.startsWith('text/html');
      const failed = response.status >= 500 || isPage;
      this.tally.count(
        phase,
        failed && `${method} ${path.replace(/[0-9a-f]{24}/, ':id')} ${response.status}`,
      );
      return { status: response.status, text, failed, json: () => JSON.parse(text) };
    } catch (error) {
      this.tally.count(phase, `${method} ${path.replace(/[0-9a-f]{24}/, ':id')} ${failureOf(error)}`);
      return { status: 0, text: '', failed: true };
    }
  }

  /** Asks until `accept` likes the answer; other answers than failures are told when patience ends. */
  async until(what, accept, method, path, body) {
    const deadline = Date.now() + PATIENCE_MS;
    let last;
    while (Date.now() < deadline) {
      last = await this.once(method, path, body);
      if (!last.failed && accept(last)) return last;
      await sleep(PAUSE_MS);
    }
    throw new Error(`${what}: ${method} ${path} was answered ${last?.status} ${last?.text} at last`);
  }

  async signUp() {
    const credentials = { email: `drill-${randomUUID()}@example.com`, password: 'correct-horse' };
    // A sign-up whose answer was lost has still happened: the second try is refused, and signing in works.
    await this.until(
      'sign up',
      ({ status }) => [201, 400].includes(status),
      'POST',
      '/api/users/signup',
      credentials,
    );
    await this.until('sign in', ({ status }) => status === 200, 'POST', '/api/users/signin', credentials);
    this.credentials = credentials;
    return this;
  }

  async signIn() {
    await this.until(
      'sign in',
      ({ status }) => status === 200,
      'POST',
      '/api/users/signin',
      this.credentials,
    );
  }

  async sell(title) {
    const answer = await this.until('sell', ({ status }) => status === 201, 'POST', '/api/tickets', {
      title,
      price: 25,
    });
    return answer.json();
  }

  async ordersOf(ticketId) {
    const answer = await this.until('orders', ({ status }) => status === 200, 'GET', '/api/orders');
    return answer.json().filter(({ ticket }) => ticket.id === ticketId);
  }

  /** The reservation; after a lost answer it may exist already, and then the ticket is refused to its own buyer. */
  async reserve(ticketId) {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const answer = await this.once('POST', '/api/orders', { ticketId });
      if (answer.status === 201) return answer.json();
      const [own] = await this.ordersOf(ticketId);
      if (own) return own;
      await sleep(PAUSE_MS);
    }
    throw new Error(`ticket ${ticketId} could not be reserved`);
  }

  paymentsOf = async (orderId) =>
    (
      await this.until(
        'payments',
        ({ status }) => [200, 404].includes(status),
        'GET',
        `/api/payments?orderId=${orderId}`,
      )
    ).json();

  /** The payment; after a lost answer the order may be paid already, and then it is refused. */
  async pay(orderId) {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const answer = await this.once('POST', '/api/payments', { orderId, token: 'tok_visa' });
      if (answer.status === 201) return;
      const payments = await this.paymentsOf(orderId);
      if (Array.isArray(payments) && payments.some(({ status }) => status === 'succeeded')) return;
      await sleep(PAUSE_MS);
    }
    throw new Error(`order ${orderId} could not be paid`);
  }

  /** A look around the shop: server-rendered pages and the catalogue. */
  async look(ticketId) {
    await this.until('the shop', ({ status }) => status === 200, 'GET', '/');
    await this.until('the ticket', ({ status }) => status === 200, 'GET', `/tickets/${ticketId}`);
    await this.until('the catalogue', ({ status }) => status === 200, 'GET', '/api/tickets?limit=5');
    await this.until('the session', ({ status }) => status === 200, 'GET', '/api/users/currentuser');
  }
}
