import mongoose from 'mongoose';

const { MongoBulkWriteError, MongoServerError } = mongoose.mongo;
type BulkWriteErrorArguments = ConstructorParameters<typeof MongoBulkWriteError>;

/** What a bulk write throws that another error has ended. */
export const bulkError = (error: Error) => new MongoBulkWriteError(error, {} as BulkWriteErrorArguments[1]);

export const serverError = (code: number) => new MongoServerError({ code, message: `code ${code}` });

/** An error as the driver or mongoose names it. */
export const named = (name: string, message = '10.0.0.7: timed out') =>
  Object.defineProperty(new Error(message), 'name', { value: name });
