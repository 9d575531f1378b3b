/** A dead letter of a service. */
export interface Letter {
  /** `<service>:<id>`, by which the commands name it. */
  id: string;
  subject: string;
  sequence: number;
  queueGroup: string;
  bus?: string | null;
  /** The message as it arrived. */
  data: string;
  error: string;
  tries?: number | null;
  storedAt: Date;
  /** It will be handled again. */
  isWanted: boolean;
}

/** The dead letters of one service, wherever it keeps them. */
export interface Letters {
  readonly service: string;
  list(): Promise<Letter[]>;
  /** Marks a letter to be handled again by its service, within 15 seconds. @returns whether there is such a letter */
  want(key: string): Promise<boolean>;
  /** @returns whether there was such a letter */
  discard(key: string): Promise<boolean>;
  close(): Promise<void>;
}
