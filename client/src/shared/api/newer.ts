/** A response that arrives out of order must not take a page back in time. */
export const newer = <T extends { version: number }>(known: T, answer: T): T =>
  answer.version >= known.version ? answer : known;
