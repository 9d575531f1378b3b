import { BEGIN, END, replaceBetweenMarkers } from '../markers';

describe('when what is between the markers is replaced', () => {
  it('then what is around them stays', () =>
    expect(replaceBetweenMarkers(`before\n${BEGIN}\nold\n${END}\nafter`, 'new')).toBe(
      `before\n${BEGIN}\n\nnew\n\n${END}\nafter`,
    ));
  it('then replacing it again changes nothing', () => {
    const once = replaceBetweenMarkers(`${BEGIN}${END}`, 'new') ?? '';
    expect(replaceBetweenMarkers(once, 'new')).toBe(once);
  });
  it.each(['none', BEGIN, END, `${END}${BEGIN}`])('then a document with %p has no place for it', (text) =>
    expect(replaceBetweenMarkers(text, 'new')).toBeUndefined(),
  );
});
