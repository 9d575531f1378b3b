/** An answer that was overtaken by a later one must not take a page back in time. */
export const newer = <T extends { version: number }>(known: T, answer: T): T =>
  answer.version >= known.version ? answer : known;
