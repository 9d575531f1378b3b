import { AxiosError, AxiosHeaders, type AxiosResponse } from 'axios';
import { toApiError } from '../errors';

const answered = (status: number, data: unknown) => {
  const config = { headers: new AxiosHeaders() };
  const response: AxiosResponse = { status, data, statusText: '', headers: {}, config };
  return new AxiosError('failed', undefined, config, undefined, response);
};

describe('when a call fails', () => {
  test('then the service’s own words are kept, with their fields', () => {
    const errors = [{ message: 'Title is required', field: 'title' }, { message: 'No' }];
    expect(toApiError(answered(400, { errors }))).toMatchObject({ status: 400, problems: errors });
  });

  test.each([
    ['a proxy’s page', 502, '<html>Bad gateway</html>', 'box office'],
    ['nothing', 500, undefined, 'our side'],
    ['errors of another kind', 500, { errors: ['x', null] }, 'our side'],
    ['a limiter’s page', 429, 'Too many', 'too fast'],
  ])('then %s is told in words for people', (_what, status, body, words) => {
    expect(toApiError(answered(status, body))).toMatchObject({
      status,
      problems: [{ message: expect.stringContaining(words) }],
    });
  });

  test('then no answer at all has the status 0', () => {
    expect(toApiError(new AxiosError('Network Error', 'ERR_NETWORK'))).toMatchObject({
      status: 0,
      message: expect.stringContaining('connection'),
    });
  });
});
