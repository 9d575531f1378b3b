/** One entry of the standard error body `{ errors: [{ message, field? }] }`. */
export interface ErrorEntry {
  message: string;
  /** The input field that the message is about. */
  field?: string;
}

/**
 * An error that knows how to answer an HTTP request. Everything else that is thrown becomes a 500 with a
 * fixed text (see `errorHandler`).
 */
export abstract class CustomError extends Error {
  /** The HTTP status to answer with. */
  abstract readonly statusCode: number;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }

  /** Members of the error body beside `errors`; most errors have none. */
  details(): object {
    return {};
  }

  /** Headers of the answer; most errors have none. */
  headers(): Record<string, string> {
    return {};
  }

  /** The entries of the error body; never empty. */
  serializeErrors(): ErrorEntry[] {
    return [{ message: this.message }];
  }
}
