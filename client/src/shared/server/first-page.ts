import 'server-only';
import { redirect } from 'next/navigation';
import { statusOf } from '@/shared/api/errors';

/** A list's page; where its cursor is not one of the list (400), the visitor is sent to the first page. */
export const orFirstPage = async <T>(
  page: Promise<T>,
  cursor: string | undefined,
  firstPage: string,
): Promise<T> => {
  try {
    return await page;
  } catch (error) {
    if (cursor !== undefined && statusOf(error) === 400) redirect(firstPage);
    throw error;
  }
};
