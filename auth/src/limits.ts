import { addressOf, RateLimits } from '@ticketing/common';
import type { Request } from 'express';
import { config } from './config';

/** Limits of what costs a hash, counted for all processes together. */
export const limits = new RateLimits('auth:limit', () => config);

const signUps = limits.limiter('sign-up', () => config.SIGN_UP_ADDRESS_LIMIT);
const changes = limits.limiter('change', () => config.PASSWORD_CHANGE_LIMIT);
/** Wrong passwords: for an account from one address, for an account from anywhere, and from an address for any account. */
const guesses = limits.limiter('guess', () => config.SIGN_IN_LIMIT);
const guessesOfAccount = limits.limiter('guess-account', () => config.SIGN_IN_ACCOUNT_LIMIT);
const guessesOfAddress = limits.limiter('guess-address', () => config.SIGN_IN_ADDRESS_LIMIT);

/** @throws TooManyRequestsError (429) when this address has signed up too many */
export const countSignUp = (req: Request): Promise<void> => signUps.count(addressOf(req));

/** @throws TooManyRequestsError (429) when this user has tried too often */
export const countChange = (userId: string): Promise<void> => changes.count(userId);

/**
 * Counts a sign-in as a wrong one before its password is looked at: many at once must not all get through.
 *
 * @returns takes it back when the password was right
 * @throws TooManyRequestsError (429) when there were too many wrong ones
 */
export const countGuess = async (req: Request, email: string): Promise<() => Promise<void>> => {
  const address = addressOf(req);
  const counted = [
    [guesses, `${address} ${email}`],
    [guessesOfAccount, email],
    [guessesOfAddress, address],
  ] as const;
  await Promise.all(counted.map(([limiter, key]) => limiter.count(key)));
  return async () => void (await Promise.all(counted.map(([limiter, key]) => limiter.takeBack(key))));
};
