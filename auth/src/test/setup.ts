import { useServiceSuite } from '@ticketing/common/testing';
import request from 'supertest';
import { app } from '../app';

jest.mock('../nats-wrapper');

declare global {
  /** Signs up test@test.com and returns the session cookie. */
  var signin: () => Promise<string[]>;
}

// Tests sign up by the dozen from one address, with the password that everybody writes into tests.
process.env.SIGN_UP_ADDRESS_LIMIT ??= '1000000/1';
process.env.SCRYPT_PARALLELIZATION ??= '1';
process.env.COMMON_PASSWORDS ??= 'allowed';

useServiceSuite();

global.signin = async () => {
  const response = await request(app)
    .post('/api/users/signup')
    .send({ email: 'test@test.com', password: 'password' })
    .expect(201);
  return response.get('Set-Cookie') ?? [];
};
