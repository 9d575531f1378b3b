import { operationsOf } from '@ticketing/common/testing';
import request from 'supertest';
import { app } from '../../app';

const credentials = { email: 'test@test.com', password: 'password' };

describe('when a request is answered', () => {
  it('then a sign-up has cost one operation', async () => {
    const operations = await operationsOf(app, (server) =>
      request(server).post('/api/users/signup').send(credentials).expect(201),
    );
    expect(operations).toEqual(['insert users']);
  });

  it('then a sign-in has cost one, and asking who is signed in none', async () => {
    const cookie = await signin();
    const signedIn = await operationsOf(app, (server) =>
      request(server).post('/api/users/signin').send(credentials).expect(200),
    );
    expect(signedIn).toEqual(['find users']);
    const current = await operationsOf(app, (server) =>
      request(server).get('/api/users/currentuser').set('Cookie', cookie).expect(200),
    );
    expect(current).toEqual([]);
  });
});
