import { idOf, insert, logger } from '@ticketing/common';
import { watchOperations } from '@ticketing/common/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { retryDelayMs } from '../../models/retries';
import { StripeEvent } from '../../models/stripe-event';
import { stripeEvents } from '../../workers/stripe-events';
import { findUnhandled, handleStripeEvents } from '../handle-stripe-event';
import * as charges from '../sync-charge';
import * as intents from '../sync-intent';

const mockIntent = jest.spyOn(intents, 'syncIntent');
const mockCharge = jest.spyOn(charges, 'syncCharge');

const received = async (objectId = 'pi_1'): Promise<string> => {
  const event = StripeEvent.received({
    ...{ eventId: `evt_${randomUUID()}`, type: 'payment_intent.succeeded', objectId },
    occurredAt: new Date(),
  });
  return idOf(await insert(StripeEvent, event));
};
const read = (id: string) => StripeEvent.findById(id).lean();
/** As if the time of the next try had come. */
const makeDue = (id: string) =>
  StripeEvent.collection.updateOne(
    { _id: StripeEvent.hydrate({ _id: id })._id },
    { $set: { nextTryAt: new Date(0) } },
  );

beforeEach(() => {
  mockIntent.mockReset().mockResolvedValue(undefined);
  mockCharge.mockReset().mockResolvedValue(undefined);
});

describe('when a stored event is handled', () => {
  it('then Stripe is asked about the intent or the charge, and the event is done', async () => {
    const ids = [await received('pi_1'), await received('ch_1')];
    await handleStripeEvents(ids);
    expect(mockIntent.mock.calls).toEqual([['pi_1']]);
    expect(mockCharge.mock.calls).toEqual([['ch_1']]);
    for (const id of ids) {
      const event = await read(id);
      expect(event?.handledAt).toBeInstanceOf(Date);
      expect(event).not.toHaveProperty('nextTryAt');
    }
    expect(await findUnhandled(Date.now() + 3_600_000, 10)).toEqual([]);
  });

  it('then a second process that has found it as well does nothing more', async () => {
    const id = await received();
    await handleStripeEvents([id]);
    await handleStripeEvents([id]);
    expect(mockIntent).toHaveBeenCalledTimes(1);
  });

  it('then many are handled at the same time, ten at most', async () => {
    let running = 0;
    let most = 0;
    mockIntent.mockImplementation(async () => {
      most = Math.max(most, (running += 1));
      await sleep(20);
      running -= 1;
    });
    const ids = await Promise.all(Array.from({ length: 25 }, () => received()));
    await handleStripeEvents(ids);
    expect(mockIntent).toHaveBeenCalledTimes(25);
    expect(most).toBe(10);
  });
});

describe('when an event cannot be handled', () => {
  it('then it is tried again, each time later, and the others go on', async () => {
    mockIntent.mockRejectedValueOnce(new Error('Stripe is not there'));
    const ids = [await received(), await received()];
    await handleStripeEvents(ids);
    const [failed, handled] = [await read(ids[0] ?? ''), await read(ids[1] ?? '')];
    expect(handled?.handledAt).toBeInstanceOf(Date);
    expect(failed).toMatchObject({ tries: 1 });
    expect(failed?.handledAt).toBeUndefined();
    const wait = Number(failed?.nextTryAt) - Date.now();
    expect(wait).toBeGreaterThan(8_000);
    expect(wait).toBeLessThanOrEqual(10_000);
    expect(await findUnhandled(Date.now(), 10)).toEqual([]);
    expect(await findUnhandled(Date.now() + 10_000, 10)).toEqual([
      { id: ids[0], at: failed?.nextTryAt?.getTime() },
    ]);
  });

  it('then the waits double up to an hour', () => {
    expect([1, 2, 3, 9, 10, 19].map(retryDelayMs)).toEqual(
      [10, 20, 40, 2_560, 3_600, 3_600].map((s) => s * 1_000),
    );
  });

  it('then after twenty tries it is given up with an error in the log, and never tried by itself again', async () => {
    const error = jest.spyOn(logger, 'error').mockImplementation();
    mockIntent.mockRejectedValue(new Error('never'));
    const id = await received();
    for (let n = 0; n < 20; n += 1) {
      expect(error).not.toHaveBeenCalled();
      await makeDue(id);
      await handleStripeEvents([id]);
    }
    expect(await read(id)).toMatchObject({ tries: 20, needsAttention: true });
    expect(error).toHaveBeenCalledTimes(1);
    expect(await findUnhandled(Date.now() + 10 * 3_600_000, 10)).toEqual([]);
    error.mockRestore();
  });

  it('then a database that does not answer leaves it for a sweep', async () => {
    const id = await received();
    mockIntent.mockRejectedValueOnce(new Error('Stripe is not there'));
    const find = jest.spyOn(StripeEvent.collection, 'updateOne').mockRejectedValue(new Error('no database'));
    await expect(handleStripeEvents([id])).resolves.toBeUndefined();
    find.mockRestore();
  });
});

describe('when the worker runs', () => {
  afterEach(() => stripeEvents.stop());

  it('then what a process that died had received is handled after its ten seconds', async () => {
    const [left, fresh] = [await received('pi_left'), await received('pi_fresh')];
    await makeDue(left);
    await stripeEvents.trigger();
    expect(mockIntent.mock.calls).toEqual([['pi_left']]);
    expect((await read(fresh))?.handledAt).toBeUndefined();
  });

  it('then with nothing to do the database is searched at the start and hardly ever again', async () => {
    const operations = watchOperations();
    await stripeEvents.start();
    await sleep(3_500);
    operations.stop();
    expect(operations.sent).toEqual(['find stripeevents']);
  });
});
