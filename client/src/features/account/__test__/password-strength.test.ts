import { strengthOf } from '../password-strength';

describe('when a password is chosen', () => {
  test.each([
    ['', 0],
    ['1234', 1],
    ['aaaaaaaaaaaaaaaa', 1],
    ['abcdefghijklmnop', 1],
    ['MyPassword2026!', 1],
    ['kestrel', 2],
    ['j8#Qz', 2],
    ['correct-horse', 3],
    ['gravel onion tuba fern', 3],
  ])('then %p has level %d of 3', (password, level) => {
    expect(strengthOf(password)).toMatchObject({ level, text: expect.any(String) });
  });
});
