import { sessionCookie, useServiceSuite } from '@ticketing/common/testing';
// The service publishes what its documents raise.
import '../app';

jest.mock('../nats-wrapper');
jest.mock('../stripe');
declare global {
  /** The session cookie of a user; a new user each time unless `id` is given. */
  var signin: (id?: string) => string[];
}

useServiceSuite();

global.signin = (id) => sessionCookie(id);
