/** A message that no consumer could ever handle, kept for a person to look at. */
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
}

/** Where dead letters go; the message is acknowledged once `store` has resolved. */
export interface DeadLetterStore {
  /** Storing the same letter again must be harmless. */
  store(letter: DeadLetter): Promise<void>;
}
