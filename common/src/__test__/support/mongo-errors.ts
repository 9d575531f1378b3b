import mongoose from 'mongoose';

const { MongoBulkWriteError, MongoServerError } = mongoose.mongo;
type BulkWriteErrorArguments = ConstructorParameters<typeof MongoBulkWriteError>;

type BulkWriteError = InstanceType<typeof MongoBulkWriteError>;

/** What a bulk write throws that another error has ended. */
export const bulkError = (error: Error) => new MongoBulkWriteError(error, {} as BulkWriteErrorArguments[1]);

export const serverError = (code: number) => new MongoServerError({ code, message: `code ${code}` });

/** An error as the driver or mongoose names it. */
export const named = (name: string, message = '10.0.0.7: timed out') =>
  Object.defineProperty(new Error(message), 'name', { value: name });

/** Code of a write that a majority of a replica set's members did not confirm in time. */
export const WRITE_CONCERN_TIMEOUT = 64;

/** Two ways in which the driver says that some operations were refused and the others were not confirmed. */
export const unconfirmedForms: [string, (error: BulkWriteError) => Error][] = [
  ['beside the refusals', (error) => error],
  [
    'in place of the refusals',
    ({ result }) => {
      const { code = 0, errmsg = '' } = result.getWriteConcernError() ?? {};
      return new MongoBulkWriteError({ code, message: errmsg }, result);
    },
  ],
];

/** Lets a bulk write be executed and have refusals; its answer then says that the others were not confirmed. */
export const unconfirm = async (write: Promise<unknown>, code: number): Promise<BulkWriteError> => {
  const error = await write.then(
    () => new Error('nothing was refused'),
    (refused: Error) => refused,
  );
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const { writeConcernErrors } = error.result.getRawResponse() as { writeConcernErrors: object[] };
  writeConcernErrors.push({ code, errmsg: 'waiting for replication' });
  return error;
};
