export const patterns = ['rays', 'equalizer', 'arcs', 'dots', 'waves', 'confetti'] as const;
export type Pattern = (typeof patterns)[number];

export interface Artwork {
  from: string;
  to: string;
  glow: string;
  pattern: Pattern;
  /** Numbers in [0, 1), the same for the same title. */
  random: number[];
}

const palettes: [from: string, to: string, glow: string][] = [
  ['#4f2bd9', '#d946a6', '#ffb86b'],
  ['#0f4c81', '#12b5a6', '#b8f2c8'],
  ['#b3123f', '#ff7a45', '#ffe08a'],
  ['#1b1464', '#5b6cff', '#8ff0ff'],
  ['#7a1f6e', '#f0517f', '#ffc3a0'],
  ['#0b5d4c', '#6fbf3a', '#f6f08c'],
  ['#3c1361', '#8f4df0', '#ff9ae1'],
  ['#8a2c0d', '#f0a020', '#fff0b8'],
  ['#10325c', '#3f8cff', '#d0e6ff'],
  ['#521b41', '#c23b5e', '#ffd0a8'],
];

const RANDOM_NUMBERS = 48;

/** FNV-1a: small, and spreads similar titles well. */
const hash = (text: string) => {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return value;
};

/** Mulberry32. */
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) >>> 0;
  let value = Math.imul(seed ^ (seed >>> 15), seed | 1);
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
  return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
};

/** A poster for a title: always the same one, so that people recognise a ticket. */
export const artworkOf = (title: string): Artwork => {
  const random = randomFrom(hash(title.trim().toLowerCase()));
  const [from, to, glow] = palettes[Math.floor(random() * palettes.length)];
  return {
    from,
    to,
    glow,
    pattern: patterns[Math.floor(random() * patterns.length)],
    random: Array.from({ length: RANDOM_NUMBERS }, () => Math.round(random() * 1_000) / 1_000),
  };
};
