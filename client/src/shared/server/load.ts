import 'server-only';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { ApiError } from '@/shared/api/errors';
import { logWarning } from './log';

/** Resolves to undefined where the service is unavailable; a 404 or 400 becomes the shop's own 404 page. */
export const load = async <T>(call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 404 || error.status === 400) notFound();
    if (error.status === 0 || error.status === 429 || error.status >= 500) {
      const requestId = (await headers()).get('x-request-id');
      logWarning('service unavailable while rendering a page', {
        url: error.url,
        status: error.status,
        requestId,
      });
      return undefined;
    }
    throw error;
  }
};
