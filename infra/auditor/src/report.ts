import type { Finding } from './audit';

/** Longer lists say how many more there are. */
const SHOWN = 20;

const lines = ({ invariant, count, violations }: Finding): string[] => {
  const name = invariant.name.padEnd(16);
  if (count === undefined) return [`  –  ${name} ${invariant.promise} Not checked: Stripe is not named.`];
  const result = violations.length === 0 ? '✓' : '✗';
  const more = violations.length - SHOWN;
  return [
    `  ${result}  ${name} ${invariant.promise} (${count.toLocaleString('en-US')})`,
    ...violations.slice(0, SHOWN).map(({ subject, message }) => `       ${subject} ${message}`),
    ...(more > 0 ? [`       and ${more} more`] : []),
  ];
};

/** The findings as text, a line for each invariant, with the violations below it. */
export const report = (findings: readonly Finding[]): string => {
  const violations = findings.reduce((sum, finding) => sum + finding.violations.length, 0);
  const broken = findings.filter((finding) => finding.violations.length > 0).length;
  const checked = findings.filter(({ count }) => count !== undefined).length;
  return [
    ...findings.flatMap(lines),
    violations === 0
      ? `The books agree: ${checked} invariants, no violation.`
      : `The books do not agree: ${violations} violations of ${broken} of ${checked} invariants.`,
  ].join('\n');
};
