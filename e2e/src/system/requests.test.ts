import { Customer, expectStatus, PASSWORD, uniqueEmail } from '../support/customer';
import { target } from '../support/target';

describe('when a session begins and ends', () => {
  it('then signing in begins it and signing out ends it', async () => {
    const email = uniqueEmail();
    const { id } = await Customer.signedUp(target().url, email);
    const customer = new Customer(target().url);
    await expectStatus(customer.signIn({ email: email.toUpperCase(), password: PASSWORD }), 200);
    expect(await expectStatus(customer.currentUser(), 200)).toEqual({ currentUser: { id, email } });

    const { headers } = await customer.signOut();
    expect(headers['set-cookie']?.[0]).toMatch(/^session=;/);
    expect(await expectStatus(customer.currentUser(), 200)).toEqual({ currentUser: null });
  });

  it('then its cookie is httpOnly and SameSite=Lax', async () => {
    const { headers } = await new Customer(target().url).signUp({
      email: uniqueEmail(),
      password: PASSWORD,
    });
    const cookie = headers['set-cookie']?.[0]?.toLowerCase();
    expect(cookie).toContain('httponly');
    expect(cookie).toContain('samesite=lax');
  });
});

describe('when the request itself is malformed', () => {
  const raw = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${target().url}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('then a body that is not JSON is 400', async () => {
    const response = await raw('/api/users/signup', '{"email":');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ errors: [{ message: expect.any(String) }] });
  });

  it('then a body that is too large is 413', async () => {
    const response = await raw('/api/users/signup', JSON.stringify({ email: 'x'.repeat(200_000) }));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ errors: [{ message: expect.any(String) }] });
  });

  it('then an unknown route is 404 with an error body', async () => {
    for (const path of ['/api/tickets/a/b', '/api/users/unknown', '/api/unknown']) {
      const response = await fetch(`${target().url}${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ errors: [{ message: expect.any(String) }] });
    }
  });

  it('then a forged session is ignored', async () => {
    const forged = Buffer.from(JSON.stringify({ jwt: 'eyJhbGciOiJub25lIn0.eyJpZCI6IjEifQ.' })).toString(
      'base64',
    );
    for (const cookie of [`session=${forged}`, 'session=nonsense', 'session=']) {
      const response = await fetch(`${target().url}/api/users/currentuser`, { headers: { cookie } });
      expect(await response.json()).toEqual({ currentUser: null });
    }
  });

  it('then the health routes are not exposed', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const body = await (await fetch(`${target().url}${path}`)).text();
      expect(body).not.toContain('"status"');
    }
  });

  it('then the caller’s request id is returned, and an invalid one is replaced', async () => {
    const sent = await fetch(`${target().url}/api/tickets`, {
      headers: { 'x-request-id': 'from-the-caller' },
    });
    expect(sent.headers.get('x-request-id')).toBe('from-the-caller');
    const replaced = await fetch(`${target().url}/api/tickets`, { headers: { 'x-request-id': 'a b"c' } });
    expect(replaced.headers.get('x-request-id')).toMatch(/^[\w.:-]+$/);
  });
});
