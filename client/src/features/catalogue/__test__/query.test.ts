import { catalogueHref, catalogueQuery, hasWord } from '../query';

describe('when an address has a catalogue query', () => {
  test('then what is valid is kept, and the rest left out', () => {
    expect(catalogueQuery({ q: '  rock ', sort: 'price', cursor: 'c1', page: '7' })).toEqual({
      q: 'rock',
      sort: 'price',
      cursor: 'c1',
      limit: 24,
    });
    expect(catalogueQuery({ q: ' ', sort: 'random', cursor: '' })).toEqual({ limit: 24 });
    expect(catalogueQuery({ q: ['one', 'two'] })).toEqual({ q: 'one', limit: 24 });
  });

  test('then each query has one address', () => {
    expect(catalogueHref({ sort: 'newest' })).toBe('/');
    expect(catalogueHref({ q: 'a&b', sort: '-price', cursor: 'x=' })).toBe(
      '/?q=a%26b&sort=-price&cursor=x%3D',
    );
  });

  test.each([
    ['rock', true],
    ['(7', true],
    ['音楽', true],
    ['(', false],
    ['🎸', false],
    [undefined, true],
  ])('then a search for %s has a word to compare: %s', (q, expected) => {
    expect(hasWord({ q })).toBe(expected);
  });
});
