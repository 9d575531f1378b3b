import { clockFace, milestone, secondsLeft, spoken } from '../time-left';

describe('when a hold runs out', () => {
  const end = '2030-01-01T10:00:00.000Z';
  const at = (before: number) => secondsLeft(end, Date.parse(end) - before);

  test('then it is over at its end, not before, and stays over', () => {
    expect([at(1_001), at(1), at(0), at(-5_000)]).toEqual([2, 1, 0, 0]);
  });

  test('then the clock shows minutes and seconds, and hours where there are any', () => {
    expect([900, 61, 9, 0, 3_725].map(clockFace)).toEqual(['15:00', '01:01', '00:09', '00:00', '1:02:05']);
  });

  test('then it is said aloud at few moments only', () => {
    const said = new Set(Array.from({ length: 901 }, (_, second) => spoken(milestone(900 - second))));
    expect([...said]).toEqual([
      '',
      '10 minutes left to pay.',
      '5 minutes left to pay.',
      '2 minutes left to pay.',
      'One minute left to pay.',
      '30 seconds left to pay.',
      '10 seconds left to pay.',
      'Your time to pay is up.',
    ]);
  });
});
