/** A message that could not be handled, kept for a person to look at. */
export interface DeadLetter {
  /** NATS Streaming or JetStream; letters of earlier versions do not say it. */
  bus?: string;
  subject: string;
  /** Counted by each bus on its own. */
  sequence: number;
  queueGroup: string;
  /** The message as it arrived. */
  data: string;
  /** Why it could not be handled. */
  error: string;
  /** How often it was tried; absent where its schema was violated, which is known at once. */
  tries?: number;
}

/** The letter in what a store keeps of it. */
export const letterIn = ({
  bus,
  subject,
  sequence,
  queueGroup,
  data,
  error,
  tries,
}: DeadLetter): DeadLetter => ({
  ...{ bus, subject, sequence, queueGroup, data, error, tries },
});

/** Why a message could not be handled, for its letter. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Days after which a dead letter is removed: it may hold personal data. */
export const DEAD_LETTER_DAYS = 90;

/** Where dead letters are kept, for as many days as `DEAD_LETTER_DAYS` says. */
export interface DeadLetterStore {
  /**
   * Keeps a letter; its message is acknowledged once this has resolved. Storing the same letter again replaces it, and
   * takes back that it is to be handled again.
   */
  store(letter: DeadLetter): Promise<void>;
  /** The letters that a person wants to be handled again, oldest first. */
  wanted(): Promise<DeadLetter[]>;
  /** Removes a letter that was handled after all. */
  remove(letter: DeadLetter): Promise<void>;
}
