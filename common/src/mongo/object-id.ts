import { isValidObjectId, Types } from 'mongoose';

/** Whether `value` is an id as this system writes them: 24 hexadecimal digits. */
export const isObjectId = (value: unknown): value is string =>
  typeof value === 'string' && value.length === 24 && isValidObjectId(value);

/** A document's id, in hexadecimal: mongoose's own `id` has no type. */
export const idOf = ({ _id }: { _id: Types.ObjectId }): string => _id.toHexString();

/** The id that a hexadecimal text stands for; `isObjectId` says whether it does. */
export const objectIdOf = (id: string): Types.ObjectId => Types.ObjectId.createFromHexString(id);
