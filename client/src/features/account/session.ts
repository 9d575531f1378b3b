import type { User } from '@ticketing/common/api';
import 'server-only';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { serverApi } from '@/shared/api/server';
import { signInPath } from '@/shared/next-path';

/** The signed-in user, or null. Rejects where the auth service is unavailable, which is not the same. */
export const currentUser = cache(async (): Promise<User | null> => (await serverApi()).currentUser());

/** For public pages: the user, null where signed out, undefined while the auth service is unavailable. */
export const knownVisitor = async (): Promise<User | null | undefined> => {
  try {
    return await currentUser();
  } catch {
    return undefined;
  }
};

/** The same, for what is shown to a visitor of unknown session as to a signed-out one. */
export const visitor = async (): Promise<User | null> => (await knownVisitor()) ?? null;

/** For private pages: a signed-out visitor is sent to sign in, and comes back to `path` after it. */
export const requireUser = async (path: string): Promise<User> =>
  (await currentUser()) ?? redirect(signInPath(path));
