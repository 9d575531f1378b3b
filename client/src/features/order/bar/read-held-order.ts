import 'server-only';
import { serverApi } from '@/shared/api/server';
import { fetchOrderStates } from '../order-state';
import { heldOrders, type HeldOrders } from './held';

/** The signed-in visitor's held order; none while the orders service is unavailable. */
export const readHeldOrder = async (): Promise<HeldOrders> => {
  try {
    return heldOrders(await fetchOrderStates(await serverApi(), []), Date.now());
  } catch {
    return { paying: false };
  }
};
