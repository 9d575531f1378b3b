const tones = {
  success: 'text-success-emphasis bg-success-subtle',
  warning: 'text-warning-emphasis bg-warning-subtle',
  danger: 'text-danger-emphasis bg-danger-subtle',
  secondary: 'text-secondary-emphasis bg-secondary-subtle',
};

export type Tone = keyof typeof tones;

/** A state in a word or two, in the colour of its kind. */
export const Badge = ({ tone, children }: { tone: Tone; children: string }) => (
  <span className={`badge rounded-pill ${tones[tone]}`}>{children}</span>
);
