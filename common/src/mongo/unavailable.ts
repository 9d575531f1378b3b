import mongoose from 'mongoose';

/**
 * How the driver and mongoose name a database that cannot be reached, or did not answer in time. Names, not
 * classes: mongoose and the driver may each bring their own copy of a class.
 */
const UNREACHABLE = new Set([
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoOperationTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoServerSelectionError',
  'MongoStalePrimaryError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
  'MongooseServerSelectionError',
  'PoolClearedOnNetworkError',
]);

/** Mongoose has no names of their own for these. */
const UNREACHABLE_MESSAGE = /buffering timed out|^Connection was force closed$/;

/**
 * Codes of a server that is there and cannot serve just now (MongoDB's `error_codes.yml`): it is stopping, or
 * not the primary (any more). It may have executed the command, or a part of it.
 */
const NOT_SERVING = new Set([
  91, // ShutdownInProgress
  189, // PrimarySteppedDown
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

/** Codes of a command that the server gave up, because of its time limit, of its load or of another server. */
const GIVEN_UP = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  43, // CursorNotFound: it was on the server that has gone
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  202, // NetworkInterfaceExceededTimeLimit
  237, // CursorKilled
  262, // ExceededTimeLimit
  365, // TemporarilyUnavailable
  462, // IngressRequestRateLimitExceeded
  9001, // SocketException
  11601, // Interrupted
]);

/** A connection that broke, or was never made, while another one may work at once. */
const CONNECTION_LOST = new Set(['MongoNetworkError', 'MongoPoolClearedError', 'PoolClearedOnNetworkError']);

interface DriverError extends Error {
  code?: unknown;
  /** The error that a bulk write stopped at. */
  errorResponse?: unknown;
  hasErrorLabel?(label: string): boolean;
}

const isOf = (codes: ReadonlySet<number>, { code }: DriverError): boolean =>
  typeof code === 'number' && codes.has(code);

const { MongoBulkWriteError, MongoWriteConcernError } = mongoose.mongo;

/**
 * What a bulk write says besides the refusals of single operations: that all others were executed, but not in the way
 * that was asked for. In a replica set a majority of its members may then never have them.
 *
 * @returns undefined when it says nothing of the kind
 */
export const unconfirmed = (error: unknown): Error | undefined => {
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  // Typed as always there; an error that is no answer of the server may come without.
  const { result } = error as Partial<typeof error>;
  const { code, errmsg, errInfo } = result?.getWriteConcernError?.() ?? {};
  if (code === undefined && errmsg === undefined) return undefined;
  return new MongoWriteConcernError({
    ok: 1,
    writeConcernError: { code: code ?? 0, errmsg: errmsg ?? 'not confirmed', errInfo },
  });
};

/** The error itself or, of a bulk write, what it stopped at. */
const originOf = (error: unknown): DriverError | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { errorResponse } = error as DriverError;
  return errorResponse instanceof Error ? errorResponse : (unconfirmed(error) ?? error);
};

/** Whether an error says that the database cannot serve just now: nothing is wrong with the request. */
export const isDatabaseUnavailable = (error: unknown): boolean => {
  const origin = originOf(error);
  if (!origin) return false;
  return (
    UNREACHABLE.has(origin.name) ||
    (origin.name === 'MongooseError' && UNREACHABLE_MESSAGE.test(origin.message)) ||
    // Written, but not known to be kept: whatever the reason, the outcome is unknown.
    origin.name === 'MongoWriteConcernError' ||
    // A code means this only from the driver: other libraries number their errors, too.
    (origin.name.startsWith('Mongo') &&
      (isOf(NOT_SERVING, origin) ||
        isOf(GIVEN_UP, origin) ||
        origin.hasErrorLabel?.('RetryableWriteError') === true))
  );
};

/**
 * Whether a connection was lost before its answer came, or the server is giving up its role: retrying at once
 * can succeed, and whether the command was executed is unknown. Not after a timeout: the request has waited
 * long enough, and a server that is slow does not need the same work twice.
 */
export const isConnectionLost = (error: unknown): boolean => {
  const origin = originOf(error);
  if (!origin) return false;
  return CONNECTION_LOST.has(origin.name) || (origin.name.startsWith('Mongo') && isOf(NOT_SERVING, origin));
};

/**
 * Runs a command and, when the connection was lost, once more. Only for what may be executed twice. The driver
 * does this for reads by itself, but for writes only where the server is a replica set.
 *
 * @param again runs instead of `work` the second time; it must expect that the first one was executed
 */
export const retryOnLostConnection = async <T>(
  work: () => Promise<T>,
  again: () => Promise<T> = work,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    return again();
  }
};
