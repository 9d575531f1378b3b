import { databaseUri } from '../database-uri';

describe('when another database on the same servers is wanted', () => {
  it.each([
    ['mongodb://127.0.0.1:27017/auth', 'mongodb://127.0.0.1:27017/floor-auth'],
    [
      'mongodb://a:1,b:2,c:3/auth?replicaSet=ticketing',
      'mongodb://a:1,b:2,c:3/floor-auth?replicaSet=ticketing',
    ],
    ['mongodb+srv://me:pw@host/auth?a=b/auth', 'mongodb+srv://me:pw@host/floor-auth?a=b/auth'],
  ])('then of %s it is %s', (uri, other) => expect(databaseUri(uri, 'floor-auth')).toBe(other));
});
