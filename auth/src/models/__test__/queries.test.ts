import { idAt, testQueries } from '@ticketing/common/testing';
import { User, users } from '../user';

const emailOf = (n: number) => `user-${n}@test.com`;

testQueries(
  User,
  users,
  { byId: [[String(idAt(7))]], byEmail: [[emailOf(7)]], withPassword: [[String(idAt(7)), 'hashed']] },
  (n) => ({
    email: emailOf(n),
    password: 'hashed',
  }),
);
