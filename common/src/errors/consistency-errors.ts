import { ConflictError } from './http-errors';

/**
 * An event is ahead of the document it is about: at least one earlier event has not been applied yet.
 * The message must not be acknowledged; it is tried again and, at the latest, redelivered.
 */
export class VersionGapError extends Error {
  constructor(what: string, id: string, have: number | undefined, got: number) {
    super(`${what} ${id} is at ${have === undefined ? 'no version' : `version ${have}`}, the event at ${got}`);
    this.name = 'VersionGapError';
  }
}

/** 409: other writers won every attempt to save a document. */
export class VersionConflictError extends ConflictError {
  constructor(options?: ErrorOptions) {
    super('Somebody else changed this at the same moment; please try again', undefined, options);
  }
}
