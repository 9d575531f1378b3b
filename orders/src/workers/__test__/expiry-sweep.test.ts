import { OrderStatus } from '@ticketing/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Order } from '../../models/order';
import { published, stockOrder } from '../../test/fixtures';
import { expirySweep } from '../expiry-sweep';

afterEach(() => expirySweep.stop());

it('when no event announces it, then overdue orders are cancelled all the same, and no others', async () => {
  const overdue = [
    await stockOrder({ expiresAt: new Date(Date.now() - 1_000) }),
    await stockOrder({ status: OrderStatus.AwaitingPayment, expiresAt: new Date(Date.now() - 1_000) }),
  ];
  const open = await stockOrder({ expiresAt: new Date(Date.now() + 60_000) });
  const complete = await stockOrder({
    status: OrderStatus.Complete,
    expiresAt: new Date(Date.now() - 1_000),
  });
  await expirySweep.start();
  const statusOf = async (id: string) => (await Order.findById(id).orFail()).status;
  while (
    (await statusOf(overdue[0]!.id)) !== 'cancelled' ||
    (await statusOf(overdue[1]!.id)) !== 'cancelled'
  ) {
    await sleep(50);
  }
  expect(await statusOf(open.id)).toBe('created');
  expect(await statusOf(complete.id)).toBe('complete');
  expect(
    published()
      .map(({ subject }) => subject)
      .sort(),
  ).toEqual(['order:cancelled', 'order:cancelled', 'order:expired', 'order:expired']);
});
