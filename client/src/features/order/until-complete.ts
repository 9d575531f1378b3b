import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Marketplace } from '@/shared/api/marketplace';

const [ATTEMPTS, PAUSE_MS] = [10, 200];

/** A page without a script cannot wait for a paid order to be complete, so the response does, for a moment. */
export const untilComplete = async (api: Pick<Marketplace, 'order'>, orderId: string): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if ((await api.order(orderId)).status === 'complete') return;
    await sleep(PAUSE_MS);
  }
};
