export interface Artwork {
  from: string;
  to: string;
  glow: string;
  pattern: Pattern;
  /** Numbers in [0, 1), the same for the same title. */
  random: number[];
}

export type Pattern = 'rays' | 'equalizer' | 'arcs' | 'dots' | 'waves' | 'confetti';

type Choices<T> = readonly [T, ...T[]];

const patterns: Choices<Pattern> = ['rays', 'equalizer', 'arcs', 'dots', 'waves', 'confetti'];

const palettes: Choices<Pick<Artwork, 'from' | 'to' | 'glow'>> = [
  { from: '#4f2bd9', to: '#d946a6', glow: '#ffb86b' },
  { from: '#0f4c81', to: '#12b5a6', glow: '#b8f2c8' },
  { from: '#b3123f', to: '#ff7a45', glow: '#ffe08a' },
  { from: '#1b1464', to: '#5b6cff', glow: '#8ff0ff' },
  { from: '#7a1f6e', to: '#f0517f', glow: '#ffc3a0' },
  { from: '#0b5d4c', to: '#6fbf3a', glow: '#f6f08c' },
  { from: '#3c1361', to: '#8f4df0', glow: '#ff9ae1' },
  { from: '#8a2c0d', to: '#f0a020', glow: '#fff0b8' },
  { from: '#10325c', to: '#3f8cff', glow: '#d0e6ff' },
  { from: '#521b41', to: '#c23b5e', glow: '#ffd0a8' },
];

const RANDOM_NUMBERS = 48;

/** FNV-1a: small, and spreads similar titles well. */
const hash = (text: string) => {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
};

/** Mulberry32. */
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) >>> 0;
  let value = Math.imul(seed ^ (seed >>> 15), seed | 1);
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
  return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
};

const pick = <T>(choices: Choices<T>, random: number): T =>
  choices[Math.floor(random * choices.length)] ?? choices[0];

/** A poster for a title: always the same one, so that a ticket is recognised wherever it is shown. */
export const artworkOf = (title: string): Artwork => {
  const random = randomFrom(hash(title.trim().toLowerCase()));
  return {
    ...pick(palettes, random()),
    pattern: pick(patterns, random()),
    random: Array.from({ length: RANDOM_NUMBERS }, () => Math.round(random() * 1_000) / 1_000),
  };
};
