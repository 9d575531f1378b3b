import { accessSync, constants } from 'node:fs';
import { z } from 'zod';

const isReadable = (name: string): boolean => {
  try {
    accessSync(name, constants.R_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * An optional variable that names a file.
 *
 * @param purpose what the file is, for the message when it cannot be read
 */
export const readableFile = (purpose: string) =>
  z
    .string()
    .refine(isReadable, { error: `must name a file that can be read: ${purpose}` })
    .optional();
