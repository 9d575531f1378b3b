import { isValidObjectId } from 'mongoose';

/** Whether `value` is an id as this system writes them: 24 hexadecimal digits. */
export const isObjectId = (value: unknown): value is string =>
  typeof value === 'string' && value.length === 24 && isValidObjectId(value);
