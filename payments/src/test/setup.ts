import { sessionCookie, useServiceSuite } from '@ticketing/common/testing';
// The service publishes what its documents raise.
import '../app';

jest.mock('../nats-wrapper');
jest.mock('../stripe');
// The mock of ../stripe would stand for the package as well; nothing of that reaches Stripe by itself.
jest.unmock('stripe');
declare global {
  /** The session cookie of a user; a new user each time unless `id` is given. */
  var signin: (id?: string) => string[];
}

useServiceSuite();

global.signin = (id) => sessionCookie(id);
