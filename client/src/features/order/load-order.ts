import type { Order } from '@ticketing/common/api';
import 'server-only';
import { notFound } from 'next/navigation';
import { statusOf } from '@/shared/api/errors';
import { serverApi } from '@/shared/api/server';
import { load } from '@/shared/server/load';

/** The visitor's order; undefined while the orders service is unavailable. */
export const loadOrder = async (orderId: string): Promise<Order | undefined> => {
  try {
    return await load((await serverApi()).order(orderId));
  } catch (error) {
    // Another user's order: whether it exists is not this visitor's business.
    if (statusOf(error) === 401) notFound();
    throw error;
  }
};
