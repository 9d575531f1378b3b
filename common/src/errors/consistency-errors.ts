import { ConflictError } from './http-errors';

/**
 * An event has come before one that it builds on. The message must not be acknowledged; it is tried again
 * and, at the latest, redelivered.
 */
export class EarlyEventError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** An event is ahead of the document it is about: at least one earlier version has not been applied yet. */
export class VersionGapError extends EarlyEventError {
  /** @param have the version of the copy; undefined when there is none yet */
  constructor(what: string, id: string, have: number | undefined, got: number) {
    super(
      `${what} ${id} is at ${have === undefined ? 'no version' : `version ${have}`}, the event at ${got}`,
    );
  }
}

/** 409: other writers won every attempt to save a document. */
export class VersionConflictError extends ConflictError {
  constructor(options?: ErrorOptions) {
    super('Somebody else changed this at the same moment; please try again', undefined, options);
  }
}
