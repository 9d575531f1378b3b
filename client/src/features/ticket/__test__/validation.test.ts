import { parsePrice, readTicket, validatePrice, validateTitle } from '../validation';

describe('when a price is typed', () => {
  test.each(['1', '0.50', '25.5', '25,50', ' 25 ', '.5', '999999.99'])('then %p is taken', (text) => {
    expect(validatePrice(text)).toEqual([]);
  });

  test.each([
    '',
    'ten',
    '0',
    '0.00',
    '0.49',
    '-1',
    '1.005',
    '1,005',
    '1000000',
    '999999.999',
    '1e3',
    '1.2.3',
    'NaN',
  ])('then %p is refused at its field', (text) => {
    expect(validatePrice(text)).toEqual([{ field: 'price', message: expect.any(String) }]);
  });

  test.each(['1,000', '1.000', '1,000.50', '1.000,50', '12 000', '1,000,000'])(
    'then %p, which has a separator for thousands, is refused with a reason',
    (text) => {
      expect(validatePrice(text)).toEqual([
        { field: 'price', message: expect.stringContaining('separator') },
      ]);
      expect(parsePrice(text)).toBeUndefined();
    },
  );

  test('then a decimal comma counts as a point', () => {
    expect(parsePrice('25,50')).toBe(25.5);
  });
});

describe('when a title is typed', () => {
  test('then 1 to 200 characters are taken, spaces around them not counted', () => {
    expect(validateTitle('x')).toEqual([]);
    expect(validateTitle(` ${'x'.repeat(200)} `)).toEqual([]);
    expect(validateTitle('   ')).toMatchObject([{ field: 'title' }]);
    expect(validateTitle('x'.repeat(201))).toMatchObject([{ field: 'title' }]);
  });

  test('then characters that turn the writing direction, and control characters, are left out', () => {
    const form = new FormData();
    form.set('title', '\u202eevil\u202c \u2066show\u2069');
    form.set('price', '20');
    expect(readTicket(form)).toEqual({ title: 'evil show', price: 20 });
    expect(validateTitle('\u202e\u202c')).toMatchObject([{ field: 'title' }]);
  });
});
