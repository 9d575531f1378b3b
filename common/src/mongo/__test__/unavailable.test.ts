import path from 'node:path';
import mongoose from 'mongoose';
import { bulkError, named, serverError } from '../../__test__/support/mongo-errors';
import { isConnectionLost, isDatabaseUnavailable, retryOnLostConnection } from '../unavailable';

const { mongo } = mongoose;

const writeConcernError = (code: number) =>
  new mongo.MongoWriteConcernError({ ok: 1, writeConcernError: { code, errmsg: `code ${code}` } });

const selectionError = () => {
  const servers = { error: new mongo.MongoNetworkError('refused') } as mongoose.mongo.TopologyDescription;
  return new mongo.MongoServerSelectionError('timed out', servers);
};

interface PoolErrors {
  PoolClearedError: new (pool: { address: string; serverError?: Error }) => Error;
}

/** The driver throws it and does not export it. */
const poolCleared = () => {
  const driver = path.dirname(require.resolve('mongodb', { paths: [require.resolve('mongoose')] }));
  const { PoolClearedError } = jest.requireActual<PoolErrors>(path.join(driver, 'cmap/errors'));
  return new PoolClearedError({
    address: '10.0.0.7:27017',
    serverError: new mongo.MongoNetworkError('lost'),
  });
};

describe('isDatabaseUnavailable', () => {
  it.each([
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
  ])('when an operation ends with %s, then it is', (name) => {
    expect(isDatabaseUnavailable(named(name))).toBe(true);
    expect(isDatabaseUnavailable(bulkError(named(name)))).toBe(true);
  });

  it('when the driver’s own classes are thrown, then it is', () => {
    expect(isDatabaseUnavailable(new mongo.MongoNetworkTimeoutError('timed out'))).toBe(true);
    expect(isDatabaseUnavailable(new mongo.MongoOperationTimeoutError('timed out'))).toBe(true);
    expect(isDatabaseUnavailable(new mongo.MongoNotConnectedError('no client'))).toBe(true);
    expect(isDatabaseUnavailable(new mongo.MongoTopologyClosedError('closed'))).toBe(true);
    expect(isDatabaseUnavailable(new mongo.MongoStalePrimaryError('another was elected'))).toBe(true);
    expect(isDatabaseUnavailable(selectionError())).toBe(true);
    expect(isDatabaseUnavailable(poolCleared())).toBe(true);
  });

  it.each([64, 79, 91, 100, 189, 11602])(
    'when a write is not confirmed (code %i), then it is, whatever the reason',
    (code) => {
      expect(isDatabaseUnavailable(writeConcernError(code))).toBe(true);
    },
  );

  it('when an error may be retried, as the server says, then it is', () => {
    const labelled = new mongo.MongoServerError({
      code: 1,
      message: 'new',
      errorLabels: ['RetryableWriteError'],
    });
    expect(isDatabaseUnavailable(labelled)).toBe(true);
    expect(isDatabaseUnavailable(new mongo.MongoServerError({ code: 1, message: 'new' }))).toBe(false);
  });

  it.each(['Operation `tickets.findOne()` buffering timed out after 3000ms', 'Connection was force closed'])(
    'when mongoose has no connection (%s), then it is',
    (message) => {
      expect(isDatabaseUnavailable(new mongoose.MongooseError(message))).toBe(true);
      expect(isDatabaseUnavailable(new Error(message))).toBe(false);
    },
  );

  it.each([
    6, 7, 24, 43, 50, 64, 89, 91, 133, 134, 189, 202, 237, 262, 365, 462, 9001, 10058, 10107, 11600, 11601,
    11602, 13435, 13436,
  ])('when the server answers with code %i, then it is', (code) => {
    expect(isDatabaseUnavailable(serverError(code))).toBe(true);
    expect(isDatabaseUnavailable(bulkError(serverError(code)))).toBe(true);
    // The same number from elsewhere means something else.
    expect(isDatabaseUnavailable(Object.assign(new Error('other'), { code }))).toBe(false);
  });

  it.each<[string, unknown]>([
    ['a refused duplicate', serverError(11000)],
    ['a command that the server does not know', serverError(59)],
    ['an invalid document', new mongoose.Error.ValidationError()],
    ['a programming error', new TypeError('undefined is not a function')],
    ['no error at all', 'MongoNetworkError'],
  ])('when it is %s, then it is not', (_what, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
    expect(isConnectionLost(error)).toBe(false);
  });
});

describe('retryOnLostConnection', () => {
  it.each<[string, Error]>([
    ['the connection is lost', new mongo.MongoNetworkError('lost')],
    ['it is lost in a bulk write', bulkError(new mongo.MongoNetworkError('lost'))],
    ['the pool is cleared', named('PoolClearedOnNetworkError')],
    ['the pool is cleared, in the driver’s class', poolCleared()],
    ['the server was never the primary', serverError(10107)],
    ['the server was never the primary, of a read', serverError(13435)],
    ['the server steps down', serverError(189)],
    ['the server’s role changes', serverError(11602)],
    ['the server begins to stop', serverError(91)],
    ['the server stops', serverError(11600)],
    ['the server steps down before a write is confirmed', writeConcernError(189)],
  ])('when %s, then it runs once more', async (_what, error) => {
    const work = jest.fn().mockRejectedValueOnce(error).mockResolvedValueOnce('done');
    expect(await retryOnLostConnection(work)).toBe('done');
    const always = jest.fn().mockRejectedValue(error);
    await expect(retryOnLostConnection(always)).rejects.toBe(error);
    expect(always).toHaveBeenCalledTimes(2);
  });

  it.each<[string, Error]>([
    ['the operation has timed out', new mongo.MongoNetworkTimeoutError('timed out')],
    ['no server was found', selectionError()],
    ['a write is not confirmed in time', writeConcernError(64)],
    ['a unique index refuses', serverError(11000)],
  ])('when %s, then it does not run again', async (_what, error) => {
    const work = jest.fn().mockRejectedValue(error);
    await expect(retryOnLostConnection(work)).rejects.toBe(error);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
