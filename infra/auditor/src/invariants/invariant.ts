import type { Books } from '../books';

/** What breaks an invariant. */
export interface Violation {
  /** The document, charge or message, by its kind and id. */
  subject: string;
  /** What is the case, against what should be. */
  message: string;
}

/** Something that is true of all books of a marketplace that has come to rest. */
export interface Invariant {
  name: string;
  /** The promise in a sentence. */
  promise: string;
  /** How many documents it looks at; undefined where the books that it needs were not read. */
  count(books: Books): number | undefined;
  check(books: Books): Violation[];
}
