import { logger } from '@ticketing/common';
import * as reconciling from '../../commands/reconcile';
import { reconcileIfDue } from '../../commands/reconcile-daily';
import { Reconciliation } from '../../models/reconciliation';
import { addCharge, atStripe } from '../../test/fake-stripe';
import { reconciliation } from '../reconciliation';

const run = jest.spyOn(reconciling, 'reconcile');
const HOUR = 3_600_000;

beforeEach(() => {
  for (const all of Object.values(atStripe)) all.length = 0;
});
afterEach(() => jest.useRealTimers());

describe('when many processes reconcile daily', () => {
  it('then one of them does, and what it found is kept', async () => {
    const error = jest.spyOn(logger, 'error').mockImplementation();
    const { id } = addCharge({ amount: 700 });
    Object.assign(atStripe.charges[0] ?? {}, { created: Math.floor(Date.now() / 1_000) - 600 });
    await Promise.all(Array.from({ length: 5 }, () => reconcileIfDue(24, { days: 3 })));
    expect(run).toHaveBeenCalledTimes(1);
    expect(await Reconciliation.find().lean()).toMatchObject([
      { startedAt: expect.any(Date), finishedAt: expect.any(Date), repaired: 0, remaining: 1 },
    ]);
    expect(error.mock.calls).toEqual([
      [expect.objectContaining({ subject: id }), 'Stripe and a payment differ'],
    ]);
    error.mockRestore();
  });

  it('then the next interval has a run of its own', async () => {
    await reconcileIfDue(24, { days: 3 });
    jest.useFakeTimers({
      now: Date.now() + 24 * HOUR,
      doNotFake: ['setImmediate', 'setTimeout', 'nextTick'],
    });
    await reconcileIfDue(24, { days: 3 });
    await reconcileIfDue(24, { days: 3 });
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('then the worker does it at its start, by the configuration', async () => {
    await reconciliation.trigger();
    await reconciliation.trigger();
    expect(run.mock.calls).toEqual([[{ days: 3 }]]);
  });
});
