import type { z } from 'zod';

/**
 * A variable whose text a function takes, or says what is wrong with it.
 *
 * @param variable the text, perhaps with a message for where it is missing
 * @param read throws an Error whose message says what the text must have
 */
export const readBy = (variable: z.ZodString, read: (text: string) => unknown) =>
  variable.superRefine((text, context) => {
    try {
      read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  });
