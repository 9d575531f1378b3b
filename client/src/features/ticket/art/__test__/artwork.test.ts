import { artworkOf } from '../artwork';

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
