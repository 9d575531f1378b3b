import type { User } from '@ticketing/common/api';
import 'server-only';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { serverApi } from '@/shared/api/server';
import { signInPath } from '@/shared/next-path';

/** Who is visiting. Rejects where the auth service gives no answer, which is not the same as "nobody". */
export const currentUser = cache(async (): Promise<User | null> => (await serverApi()).currentUser());

/** For pages that everybody may read: they are shown, signed out, even while the auth service is away. */
export const visitor = async (): Promise<User | null> => {
  try {
    return await currentUser();
  } catch {
    return null;
  }
};

/** For pages of one's own: others are sent to sign in, and come back to `path` after it. */
export const requireUser = async (path: string): Promise<User> =>
  (await currentUser()) ?? redirect(signInPath(path));
