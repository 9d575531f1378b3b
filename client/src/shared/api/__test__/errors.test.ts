import { refused, toApiError, unreachable } from '../errors';

const url = 'http://shop/api/tickets';

describe('when a call is refused', () => {
  test('then the service’s messages are kept, with their fields', () => {
    const errors = [{ message: 'Title is required', field: 'title' }, { message: 'No' }];
    expect(refused({ status: 400, url }, { errors })).toMatchObject({ status: 400, problems: errors });
  });

  test.each([
    ['a proxy’s page', 502, '<html>Bad gateway</html>', 'reach the shop'],
    ['nothing', 500, undefined, 'our side'],
    ['errors of another kind', 500, { errors: ['x', null] }, 'our side'],
    ['a limiter’s page', 429, 'Too many', 'Too many requests'],
  ])('then %s gets a readable message', (_what, status, body, words) => {
    expect(refused({ status, url }, body)).toMatchObject({
      status,
      problems: [{ message: expect.stringContaining(words) as string }],
    });
  });
});

describe('when a service speaks of what only machines know', () => {
  test.each([
    [401, 'Not authorized', 'You’re signed out. Sign in again to continue.'],
    [404, 'Not found', 'We couldn’t find this. It may have been removed.'],
    [503, 'orders-srv is not available; try again soon', /short break/],
    [400, 'Amount must be at least 50 in minor units; it is 30.', /couldn’t accept this/],
    [400, 'No such token: tok_1234', /couldn’t accept this/],
    [409, 'ticket 507f191e810c19729de860ea is at version 3, the event at 5', /has just changed/],
    [400, 'orderId is required', /couldn’t accept this/],
  ] as const)('then a visitor reads a sentence for %d instead', (status, message, sentence) => {
    expect(refused({ status, url }, { errors: [{ message }] }).message).toMatch(sentence);
  });

  test('then the bank’s own words, and what a service says about a field, stay', () => {
    const declined = { errors: [{ message: 'Your card has insufficient funds.' }] };
    expect(refused({ status: 402, url }, declined).message).toBe('Your card has insufficient funds.');
    const inUse = { errors: [{ message: 'Email in use', field: 'email' }] };
    expect(refused({ status: 400, url }, inUse).problems).toEqual(inUse.errors);
  });
});

describe('when a call gets no response', () => {
  test('then the status is 0', () => {
    const cause = new TypeError('fetch failed');
    expect(unreachable(url, cause)).toMatchObject({
      status: 0,
      url,
      cause,
      message: expect.stringContaining('connection') as string,
    });
  });
});

describe('when anything else fails', () => {
  test('then it becomes an ApiError that keeps its cause', () => {
    const cause = new TypeError('x is undefined');
    expect(toApiError(cause)).toMatchObject({ status: 0, cause });
    const known = unreachable(url, cause);
    expect(toApiError(known)).toBe(known);
  });
});
