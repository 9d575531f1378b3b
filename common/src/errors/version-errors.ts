import { ConflictError } from './http-errors';

/**
 * An event arrived before one that it builds on. Its message must not be acknowledged: it is retried in
 * process and, at the latest, redelivered.
 */
export class OutOfOrderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** An event is ahead of the projection: at least one earlier version has not been applied. */
export class VersionGapError extends OutOfOrderError {
  /** @param have the projection's version; undefined when there is no document yet */
  constructor(what: string, id: string, have: number | undefined, got: number) {
    super(
      `${what} ${id} is at ${have === undefined ? 'no version' : `version ${have}`}, the event at ${got}`,
    );
  }
}

/** A conditional write found its document at another version than the one that was read. */
export class StaleVersionError extends Error {
  constructor() {
    super('the document has been written since it was read');
    this.name = new.target.name;
  }
}

/** 409: other writers won every attempt to save a document. */
export class VersionConflictError extends ConflictError {
  constructor(options?: ErrorOptions) {
    super('This was changed by someone else at the same moment; please try again', undefined, options);
  }
}
