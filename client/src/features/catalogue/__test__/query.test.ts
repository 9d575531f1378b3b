import { nextCursor } from '@/shared/api/link-header';
import { artworkOf } from '@/features/ticket/artwork';
import { catalogueHref, catalogueQuery } from '../query';

describe('when an address asks for tickets', () => {
  test('then what makes sense is asked, and the rest left out', () => {
    expect(catalogueQuery({ q: '  rock ', sort: 'price', cursor: 'c1', page: '7' })).toEqual({
      q: 'rock',
      sort: 'price',
      cursor: 'c1',
      limit: 24,
    });
    expect(catalogueQuery({ q: ' ', sort: 'random', cursor: '' })).toEqual({ limit: 24 });
    expect(catalogueQuery({ q: ['one', 'two'] })).toEqual({ q: 'one', limit: 24 });
  });

  test('then a question has one address, and gives it back', () => {
    expect(catalogueHref({ sort: 'newest' })).toBe('/');
    expect(catalogueHref({ q: 'a&b', sort: '-price', cursor: 'x=' })).toBe(
      '/?q=a%26b&sort=-price&cursor=x%3D',
    );
  });
});

describe('when an answer names the next page', () => {
  test.each([
    ['</api/tickets?limit=2&cursor=abc%3D>; rel="next"', 'abc='],
    ['<http://ticketing.dev/api/tickets?cursor=abc>; rel=next', 'abc'],
    ['</api/tickets?cursor=a>; rel="prev", </api/tickets?cursor=b>; rel="next"', 'b'],
    ['</api/tickets?cursor=a>; rel="prev"', undefined],
    [undefined, undefined],
  ])('then %p gives the cursor %p', (header, cursor) => {
    expect(nextCursor(header)).toBe(cursor);
  });
});

describe('when a poster is drawn', () => {
  test('then the same title has the same one, and others have others', () => {
    expect(artworkOf('Radiohead')).toEqual(artworkOf(' radiohead '));
    const different = new Set(
      Array.from({ length: 60 }, (_, number) => {
        const { from, pattern } = artworkOf(`Concert number ${number}`);
        return `${from} ${pattern}`;
      }),
    );
    expect(different.size).toBeGreaterThan(25);
  });
});
