import { validateEmail, validatePassword } from '../validation';

describe('when credentials are typed', () => {
  test('then an address needs its parts', () => {
    expect(validateEmail('ana@example.com')).toEqual([]);
    for (const email of ['', 'ana', 'ana@', 'ana@example', 'a na@example.com'])
      expect(validateEmail(email)).toMatchObject([{ field: 'email' }]);
  });

  test('then a password has 8 to 72 characters', () => {
    expect(validatePassword('12345678')).toEqual([]);
    expect(validatePassword('x'.repeat(72))).toEqual([]);
    expect(validatePassword('1234567')).toMatchObject([{ field: 'password' }]);
    expect(validatePassword('x'.repeat(73))).toMatchObject([{ field: 'password' }]);
  });
});
