import { watchOperations } from '@ticketing/common/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { Payment } from '../../models/payment';
import { newId } from '../../test/fixtures';
import { settlement } from '../settlement';

it('when all payments are settled, then open ones are searched at the start and hardly ever again', async () => {
  for (let n = 0; n < 20; n += 1) await Payment.build({ orderId: newId(), stripeId: `ch_${n}` }).save();
  const operations = watchOperations();
  await settlement.start();
  await sleep(4_000);
  await settlement.stop();
  operations.stop();
  // What is due, and how many a person has to look at.
  expect(operations.sent).toEqual(['find payments', 'aggregate payments']);
});
