export interface Strength {
  /** 0 where there is nothing to estimate. */
  level: 0 | 1 | 2 | 3;
  text: string;
}

/** The shortest that are hard enough, in bits: first for a website that limits attempts, then for a stolen hash. */
const [FAIR, GOOD] = [28, 50];
const COMMON = /passw|qwert|azert|letmein|welcome|iloveyou|monkey|dragon|football|admin|login|ticket|secret/i;
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/\d/, 10],
  [/[^a-zA-Z\d]/, 33],
];

/** How many characters each was chosen from, going by the kinds in use. */
const alphabet = (password: string): number =>
  KINDS.reduce((size, [kind, count]) => size + (kind.test(password) ? count : 0), 0);

/** The characters that have to be guessed: none that repeats or continues a sequence, as in aaa, 123 and cba. */
const surprises = (password: string): number => {
  const codes = [...password].map((character) => character.codePointAt(0) ?? 0);
  const step = (index: number) => (codes[index] ?? NaN) - (codes[index - 1] ?? NaN);
  return codes.filter((_code, index) => !(Math.abs(step(index)) <= 1 && step(index) === step(index - 1)))
    .length;
};

/** A rough estimate of how long a password withstands guessing; it knows no leaked passwords. */
export const strengthOf = (password: string): Strength => {
  if (password === '') return { level: 0, text: 'Longer is better: four unrelated words are hard to guess.' };
  const bits = COMMON.test(password) ? 0 : surprises(password) * Math.log2(alphabet(password));
  if (bits < FAIR) return { level: 1, text: 'Easy to guess. Make it longer.' };
  if (bits < GOOD) return { level: 2, text: 'Fair. A few more characters make it much harder to guess.' };
  return { level: 3, text: 'Hard to guess, if you use it nowhere else.' };
};
