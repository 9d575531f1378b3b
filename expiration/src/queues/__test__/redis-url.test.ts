import { parseConfig } from '@ticketing/common';
import { configSchema } from '../../config';
import { parseRedisUrl } from '@ticketing/common';

describe('when the address of Redis is read', () => {
  it.each([
    ['redis://redis-srv', { host: 'redis-srv', port: 6_379, db: 0, isEncrypted: false }],
    ['redis://127.0.0.1:7000/3', { host: '127.0.0.1', port: 7_000, db: 3 }],
    ['rediss://[::1]:7000/', { host: '::1', port: 7_000, isEncrypted: true }],
    ['redis://clock:p%40ss%3Aword@redis-srv', { username: 'clock', password: 'p@ss:word' }],
    ['rediss://:word@redis-srv', { username: undefined, password: 'word', isEncrypted: true }],
  ])('then %s is one server', (url, address) => expect(parseRedisUrl(url)).toMatchObject(address));

  it('then Sentinels are several, with the name that they are asked for', () =>
    expect(parseRedisUrl('redis-sentinel://clock:word@a,b:5000,c/2?sentinelMasterId=tickets')).toEqual({
      isEncrypted: false,
      username: 'clock',
      password: 'word',
      sentinels: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 5_000 },
        { host: 'c', port: 26_379 },
      ],
      name: 'tickets',
      db: 2,
    }));
  it('then Sentinels may want a password of their own', () =>
    expect(
      parseRedisUrl('rediss-sentinel://a?sentinelMasterId=m&sentinelUsername=u&sentinelPassword=p%26w'),
    ).toMatchObject({ isEncrypted: true, sentinelUsername: 'u', sentinelPassword: 'p&w' }));

  it.each([
    ['http://redis-srv', /must begin with redis:\/\/ or rediss:\/\//],
    ['redis://', /must begin with/],
    ['redis://a,b', /one host; several are Sentinels/],
    ['redis://a:seven', /a host and perhaps a port where it has "a:seven"/],
    ['redis://a:70000', /a host and perhaps a port/],
    ['redis://a/first', /number of a database/],
    ['redis://clock@a', /a password with its user/],
    ['redis://clock:@a', /a password with its user/],
    ['redis://clock:%zz@a', /percent-encoded/],
    ['redis://a?sentinelMasterId=m', /must not have the option sentinelMasterId/],
    ['redis-sentinel://a,b', /the option sentinelMasterId/],
    ['redis-sentinel://a,?sentinelMasterId=m', /a host and perhaps a port where it has ""/],
    ['redis-sentinel://a?sentinelMasterId=m&masterName=m', /must not have the option masterName/],
  ])('then %s is refused', (url, message) => expect(() => parseRedisUrl(url)).toThrow(message));
});

it('when several variables are bad, then one message names all of them, and no password', () => {
  const env = {
    PORT: '3000',
    NATS_URL: 'nats://n:4222',
    NATS_CLUSTER_ID: 'ticketing',
    NATS_CLIENT_ID: 'expiration-1',
    REDIS_URL: 'redis://clock:secret@a,b',
    REDIS_TLS_CA: '/no/such/file',
  };
  const read = () => parseConfig(configSchema, env);
  expect(read).toThrow(/REDIS_URL: must have one host[^]*REDIS_TLS_CA: must name a file that can be read/);
  expect(read).not.toThrow(/secret/);
});
