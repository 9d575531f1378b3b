/** Seconds left, rounded up: at 0 the time is over, and not before. */
export const secondsLeft = (expiresAt: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1_000));

export const clockFace = (seconds: number): string => {
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const face = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${face}` : face;
};

/** When the time left is said aloud: a screen reader that speaks every second says nothing. */
const MILESTONES = [600, 300, 120, 60, 30, 10, 0];

export const milestone = (seconds: number): number | undefined =>
  [...MILESTONES].reverse().find((mark) => seconds <= mark);

export const spoken = (mark: number | undefined): string => {
  if (mark === undefined) return '';
  if (mark === 0) return 'Your time to pay is up.';
  if (mark < 60) return `${mark} seconds left to pay.`;
  return mark === 60 ? 'One minute left to pay.' : `${mark / 60} minutes left to pay.`;
};
