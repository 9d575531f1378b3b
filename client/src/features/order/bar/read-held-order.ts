import 'server-only';
import { serverApi } from '@/shared/api/server';
import { mostUrgent, type Held } from './held';

/** The signed-in visitor's held order; none while the orders service is unavailable. */
export const readHeldOrder = async (): Promise<Held | undefined> => {
  try {
    return mostUrgent(await (await serverApi()).orders(), Date.now());
  } catch {
    return undefined;
  }
};
