import { nextCursor } from '../link-header';

describe('when a response names the next page', () => {
  test.each([
    ['</api/tickets?limit=2&cursor=abc%3D>; rel="next"', 'abc='],
    ['<http://ticketing.dev/api/tickets?cursor=abc>; rel=next', 'abc'],
    ['</api/tickets?cursor=a>; rel="prev", </api/tickets?cursor=b>; rel="next"', 'b'],
    ['</api/tickets?cursor=a>; rel="prev"', undefined],
    [null, undefined],
  ])('then %p gives the cursor %p', (header, cursor) => {
    expect(nextCursor(header)).toBe(cursor);
  });
});
