import { useServiceSuite } from '@ticketing/common/testing';
import request from 'supertest';
import { app } from '../app';

jest.mock('../nats-wrapper');

declare global {
  /** Signs up test@test.com and returns the session cookie. */
  var signin: () => Promise<string[]>;
}

useServiceSuite();

global.signin = async () => {
  const response = await request(app)
    .post('/api/users/signup')
    .send({ email: 'test@test.com', password: 'password' })
    .expect(201);
  return response.get('Set-Cookie') ?? [];
};
