import mongoose from 'mongoose';
import { VersionConflictError } from '../../errors/version-errors';
import { isObjectId } from '../object-id';
import { isDuplicateKey, isVersionConflict, retryOnConflict } from '../retry';

const lost = () =>
  new mongoose.Error.VersionError(
    new (mongoose.Document as unknown as new (o: object, s: mongoose.Schema) => mongoose.Document)(
      {},
      new mongoose.Schema(),
    ),
    0,
    [],
  );

describe('retryOnConflict', () => {
  it('when work loses a race, then it is done again until it wins', async () => {
    const work = jest
      .fn()
      .mockRejectedValueOnce(lost())
      .mockRejectedValueOnce(lost())
      .mockResolvedValue('won');
    await expect(retryOnConflict(work)).resolves.toBe('won');
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('when it loses every attempt, then the error is a 409 with the last loss as its cause', async () => {
    const work = jest.fn().mockImplementation(() => Promise.reject(lost()));
    const error = await retryOnConflict(work, 3).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(VersionConflictError);
    expect(error).toMatchObject({ statusCode: 409, cause: expect.any(mongoose.Error.VersionError) });
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('when it fails otherwise, then it is not done again', async () => {
    const work = jest.fn().mockRejectedValue(new Error('reserved'));
    await expect(retryOnConflict(work)).rejects.toThrow('reserved');
    expect(work).toHaveBeenCalledTimes(1);
  });
});

describe('what the database’s refusals mean', () => {
  it.each([
    [{ code: 11000 }, true],
    [{ code: 121 }, false],
    [null, false],
    [undefined, false],
  ])('when the error is %j, then "duplicate key" is %s', (error, expected) => {
    expect(isDuplicateKey(error)).toBe(expected);
  });

  it('when a save lost its race, then that is a version conflict; a duplicate key is not', () => {
    expect(isVersionConflict(lost())).toBe(true);
    expect(isVersionConflict({ code: 11000 })).toBe(false);
  });
});

describe('isObjectId', () => {
  it.each([
    ['6553f1f77bcf86cd79943901', true],
    ['abc', false],
    ['abcdefghijkl', false],
    ['6553f1f77bcf86cd7994390z', false],
    [123456789012, false],
    [{ $ne: null }, false],
    [undefined, false],
  ])('when the value is %p, then %s', (value, expected) => {
    expect(isObjectId(value)).toBe(expected);
  });
});
