import { readConfig } from '../config';

describe('when the client starts', () => {
  test('then one base serves all services, and a service’s own address comes first', () => {
    const config = readConfig({ API_URL: 'http://gateway:8080/', ORDERS_URL: 'http://orders-srv:3000' });
    expect(config).toEqual({
      services: {
        auth: 'http://gateway:8080',
        tickets: 'http://gateway:8080',
        orders: 'http://orders-srv:3000',
        payments: 'http://gateway:8080',
      },
      stripePublishableKey: undefined,
    });
  });

  test('then four addresses need no base', () => {
    const env = {
      AUTH_URL: 'http://auth-srv:3000',
      TICKETS_URL: 'http://tickets-srv:3000',
      ORDERS_URL: 'http://orders-srv:3000',
      PAYMENTS_URL: 'http://payments-srv:3000',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
      CONTACT_EMAIL: 'help@example.com',
    };
    expect(readConfig(env)).toMatchObject({
      stripePublishableKey: 'pk_test_1',
      contactEmail: 'help@example.com',
    });
  });

  test('then one message names every invalid variable', () => {
    const read = () =>
      readConfig({ AUTH_URL: 'auth-srv', STRIPE_PUBLISHABLE_KEY: 'sk_live_1', CONTACT_EMAIL: 'x' });
    expect(read).toThrow(
      /AUTH_URL is not an http.*\n.*TICKETS_URL, ORDERS_URL, PAYMENTS_URL\n.*pk_.*\n.*CONTACT_EMAIL/,
    );
  });

  test('then a secret key is not repeated in the message', () => {
    expect(() => readConfig({ STRIPE_PUBLISHABLE_KEY: 'sk_live_1' })).not.toThrow(/sk_live_1/);
  });
});
