import { PASSWORD_MIN_LENGTH } from '@ticketing/common';
import { dictionary } from '@zxcvbn-ts/language-common';
import { config } from '../config';

let known: ReadonlySet<string> | undefined;

/** The list of zxcvbn-ts, of passwords that many people have: some 50,000, less those that are too short anyway. */
const commonPasswords = (): ReadonlySet<string> =>
  (known ??= new Set(
    dictionary['passwords-common'].map(String).filter(({ length }) => length >= PASSWORD_MIN_LENGTH),
  ));

/** Whether a password is among those that are guessed first, whatever the case of its letters. */
export const isCommonPassword = (password: string): boolean =>
  config.COMMON_PASSWORDS === 'refused' && commonPasswords().has(password.toLowerCase());
