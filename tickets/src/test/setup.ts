import { sessionCookie, useTestDatabase } from '@ticketing/common/testing';

jest.mock('../nats-wrapper');

declare global {
  /** The session cookie of a person; a new person each time unless `id` is given. */
  var signin: (id?: string) => string[];
}

process.env.JWT_KEY = 'a key for tests';

useTestDatabase();

beforeEach(() => {
  jest.clearAllMocks();
});

global.signin = (id) => sessionCookie(id);
