import { OrderStatus } from '@ticketing/common';
import { watchOperations } from '@ticketing/common/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectExpiry } from '../../commands/expire-order';
import { Order } from '../../models/order';
import { stockOrder } from '../../test/fixtures';
import { expirySweep } from '../expiry-sweep';

it('when orders are open, then they are searched once, and one that expires is read by its id', async () => {
  for (let n = 0; n < 20; n += 1) await stockOrder({ expiresAt: new Date(Date.now() + 900_000) });
  const operations = watchOperations();
  await expirySweep.start();
  await sleep(500);
  expect(operations.sent).toEqual(['find orders']);

  const order = await stockOrder({ expiresAt: new Date(Date.now() - 1_000) });
  expectExpiry(order);
  await sleep(4_000);
  await expirySweep.stop();
  operations.stop();
  expect(await Order.findById(order._id)).toMatchObject({ status: OrderStatus.Cancelled });
  const searches = operations.sent.filter((operation) => operation === 'find orders');
  // The sweep, and the order by its id.
  expect(searches.length).toBeLessThanOrEqual(2);
});
