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
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
  'MongooseServerSelectionError',
  'PoolClearedOnNetworkError',
]);

/** Mongoose has no names of their own for these. */
const UNREACHABLE_MESSAGE = /buffering timed out|^Connection was force closed$/;

/**
 * Codes of a server that is there and cannot serve just now (MongoDB's `error_codes.yml`): it is stopping, or
 * not the primary (any more). It has not executed the command.
 */
const NOT_SERVING = new Set([
  91, // ShutdownInProgress
  189, // PrimarySteppedDown
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

/** Codes of a command that the server gave up, because of its time limit or of another server. */
const GIVEN_UP = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  134, // ReadConcernMajorityNotAvailableYet
  202, // NetworkInterfaceExceededTimeLimit
  262, // ExceededTimeLimit
  9001, // SocketException
]);

/** A connection that broke, or was never made, while another one may work at once. */
const CONNECTION_LOST = new Set(['MongoNetworkError', 'MongoPoolClearedError', 'PoolClearedOnNetworkError']);

interface DriverError extends Error {
  code?: unknown;
  /** The error that a bulk write stopped at. */
  errorResponse?: unknown;
}

const isOf = (codes: ReadonlySet<number>, { code }: DriverError): boolean =>
  typeof code === 'number' && codes.has(code);

/** The error itself or, of a bulk write, what it stopped at. */
const originOf = (error: unknown): DriverError | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { errorResponse } = error as DriverError;
  return errorResponse instanceof Error ? errorResponse : error;
};

/** Whether an error says that the database cannot serve just now: nothing is wrong with the request. */
export const isDatabaseUnavailable = (error: unknown): boolean => {
  const origin = originOf(error);
  if (!origin) return false;
  return (
    UNREACHABLE.has(origin.name) ||
    (origin.name === 'MongooseError' && UNREACHABLE_MESSAGE.test(origin.message)) ||
    // A code means this only from the driver: other libraries number their errors, too.
    (origin.name.startsWith('Mongo') && (isOf(NOT_SERVING, origin) || isOf(GIVEN_UP, origin)))
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
