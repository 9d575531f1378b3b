import { refused, toApiError, unreachable } from '../errors';

const url = 'http://shop/api/tickets';

describe('when a call is refused', () => {
  test('then the service’s messages are kept, with their fields', () => {
    const errors = [{ message: 'Title is required', field: 'title' }, { message: 'No' }];
    expect(refused({ status: 400, url }, { errors })).toMatchObject({ status: 400, problems: errors });
  });

  test.each([
    ['a proxy’s page', 502, '<html>Bad gateway</html>', 'reach the server'],
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
