import type { EventBus } from '@ticketing/embedded';
import { cookieOf, SELLER, USER } from '../contenders/session';
import { CLUSTER_ID } from '../contenders/world';
import type { DelayResult } from '../driver/protocol';
import { percentile } from '../report/statistics';
import type { Row, Subject } from './row';

const delaysOf = ({ contender, world, effort }: Subject): Promise<DelayResult> => {
  const count = Math.ceil(effort.requests / 4);
  if (contender.name === 'floor') {
    return world.driver.run({ kind: 'bus', natsUrl: world.system.natsUrl, clusterId: CLUSTER_ID, count });
  }
  const { tickets, orders } = contender.origins;
  const [cookie, sellerCookie] = [cookieOf(USER), cookieOf(SELLER)];
  return world.driver.run({ kind: 'orderable', tickets, orders, sellerCookie, cookie, count });
};

/**
 * How soon an event has its effect in another service. The floor is a message on the bus and nothing else; it speaks
 * NATS Streaming.
 */
export const orderable = (bus: EventBus): Row => ({
  name: 'orderable',
  outputs: [
    { name: '201 of a ticket → ordered, p50', unit: 'ms', lowerIsBetter: true },
    { name: '201 of a ticket → ordered, p95', unit: 'ms', lowerIsBetter: true },
  ],
  contenders: bus === 'jetstream' ? ['ours'] : undefined,
  measure: async (subject) => {
    const { delays } = await delaysOf(subject);
    return { values: [percentile(delays, 0.5), percentile(delays, 0.95)] };
  },
});
