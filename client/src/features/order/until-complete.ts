import 'server-only';
import type { Marketplace } from '@/shared/api/marketplace';
import { shortly } from '@/shared/api/shortly';

/** A page without a script cannot wait for a paid order to be complete, so the response does, for a moment. */
export const untilComplete = async (api: Pick<Marketplace, 'order'>, orderId: string): Promise<void> => {
  await shortly(
    () => api.order(orderId),
    ({ status }) => status === 'complete',
  );
};
