import mongoose from 'mongoose';
import { bulkError, named, serverError } from '../../__test__/support/mongo-errors';
import { isConnectionLost, isDatabaseUnavailable, retryOnLostConnection } from '../unavailable';

const { mongo } = mongoose;

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
  });

  it.each(['Operation `tickets.findOne()` buffering timed out after 3000ms', 'Connection was force closed'])(
    'when mongoose has no connection (%s), then it is',
    (message) => {
      expect(isDatabaseUnavailable(new mongoose.MongooseError(message))).toBe(true);
      expect(isDatabaseUnavailable(new Error(message))).toBe(false);
    },
  );

  it.each([6, 7, 24, 50, 64, 89, 91, 134, 189, 202, 262, 9001, 10107, 11600, 11602, 13435, 13436])(
    'when the server answers with code %i, then it is',
    (code) => {
      expect(isDatabaseUnavailable(serverError(code))).toBe(true);
      expect(isDatabaseUnavailable(bulkError(serverError(code)))).toBe(true);
      // The same number from elsewhere means something else.
      expect(isDatabaseUnavailable(Object.assign(new Error('other'), { code }))).toBe(false);
    },
  );

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
    ['the server steps down', serverError(10107)],
  ])('when %s, then it runs once more', async (_what, error) => {
    const work = jest.fn().mockRejectedValueOnce(error).mockResolvedValueOnce('done');
    expect(await retryOnLostConnection(work)).toBe('done');
    const always = jest.fn().mockRejectedValue(error);
    await expect(retryOnLostConnection(always)).rejects.toBe(error);
    expect(always).toHaveBeenCalledTimes(2);
  });

  it.each<[string, Error]>([
    ['the operation has timed out', new mongo.MongoNetworkTimeoutError('timed out')],
    ['no server was found', named('MongoServerSelectionError')],
    ['a unique index refuses', serverError(11000)],
  ])('when %s, then it does not run again', async (_what, error) => {
    const work = jest.fn().mockRejectedValue(error);
    await expect(retryOnLostConnection(work)).rejects.toBe(error);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
