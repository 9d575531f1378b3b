import { OrderStatus, type OrderCreatedEvent } from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import { natsWrapper } from '../../../nats-wrapper';
import { closeExpirationQueue, expirationQueue } from '../../../queues/expiration-queue';
import { redisDeadLetters } from '../../../queues/dead-letters';
import { redis } from '../../../queues/redis';
import { OrderCancelledListener } from '../order-cancelled-listener';
import { OrderCreatedListener } from '../order-created-listener';

const order = (expiresAt: Date): OrderCreatedEvent['data'] => ({
  id: 'a'.repeat(24),
  version: 0,
  status: OrderStatus.Created,
  userId: 'b'.repeat(24),
  expiresAt: expiresAt.toISOString(),
  ticket: { id: 'c'.repeat(24), price: 10 },
});

const inTwoMinutes = () => order(new Date(Date.now() + 120_000));

it('when an order is created, then its clock is in Redis before the message is acknowledged', async () => {
  const data = inTwoMinutes();
  const msg = mockMessage();
  msg.ack.mockImplementation(() => expect(held).toBe(true));
  let held = false;
  const listener = new OrderCreatedListener(natsWrapper.client);
  jest.spyOn(expirationQueue(), 'add').mockImplementationOnce(async (...args) => {
    const job = await expirationQueue().add(...args);
    held = true;
    return job;
  });
  await listener.onMessage(data, msg);
  expect(msg.ack).toHaveBeenCalledTimes(1);
  const job = (await expirationQueue().getJob(data.id))!;
  expect(job.data.orderId).toBe(data.id);
  expect(job.opts.delay).toBeGreaterThan(115_000);
  expect(job.opts.delay).toBeLessThanOrEqual(120_000);
});

it('when the event is delivered twice, then the clock runs once', async () => {
  const listener = new OrderCreatedListener(natsWrapper.client);
  await listener.onMessage(inTwoMinutes(), mockMessage());
  await listener.onMessage(inTwoMinutes(), mockMessage());
  expect(await expirationQueue().getDelayedCount()).toBe(1);
});

it('when Redis does not take it, then the message is not acknowledged', async () => {
  jest.spyOn(expirationQueue(), 'add').mockRejectedValueOnce(new Error('no Redis'));
  const msg = mockMessage();
  await expect(new OrderCreatedListener(natsWrapper.client).onMessage(inTwoMinutes(), msg)).rejects.toThrow(
    'no Redis',
  );
  expect(msg.ack).not.toHaveBeenCalled();
});

it('when the queue is closed while Redis does not answer, then the message is left, and nothing hangs', async () => {
  jest.spyOn(expirationQueue(), 'add').mockReturnValueOnce(new Promise(() => undefined));
  const msg = mockMessage();
  const handled = new OrderCreatedListener(natsWrapper.client).onMessage(inTwoMinutes(), msg);
  await Promise.all([expect(handled).rejects.toThrow('closing'), closeExpirationQueue()]);
  expect(msg.ack).not.toHaveBeenCalled();
});

it('when the order is cancelled, then its clock is gone; one without a clock is acknowledged too', async () => {
  const data = inTwoMinutes();
  const cancelled = { id: data.id, version: 1, reason: 'buyer' as const, ticket: { id: data.ticket.id } };
  await new OrderCreatedListener(natsWrapper.client).onMessage(data, mockMessage());
  for (const msg of [mockMessage(), mockMessage()]) {
    await new OrderCancelledListener(natsWrapper.client).onMessage(cancelled, msg);
    expect(msg.ack).toHaveBeenCalledTimes(1);
  }
  expect(await expirationQueue().getJob(data.id)).toBeNull();
});

describe('dead letters', () => {
  const letter = {
    ...{ subject: 'order:created', sequence: 7, queueGroup: 'expiration-service' },
    ...{ data: '{', error: 'not JSON' },
  };
  const KEY = 'dead-letters';
  const change = async (changes: object) => {
    const kept = JSON.parse((await redis().hget(KEY, 'order:created#7')) ?? '{}') as object;
    await redis().hset(KEY, 'order:created#7', JSON.stringify({ ...kept, ...changes }));
  };
  beforeEach(() => redis().del(KEY));

  it('when a message is a dead letter, then Redis keeps it', async () => {
    await redisDeadLetters.store(letter);
    const kept = await redis().hgetall(KEY);
    expect(JSON.parse(kept['order:created#7']!)).toMatchObject(letter);
  });

  it('when a letter is wanted, then it is found until it is stored again or removed', async () => {
    await redisDeadLetters.store(letter);
    expect(await redisDeadLetters.wanted()).toEqual([]);
    await change({ isWanted: true });
    expect(await redisDeadLetters.wanted()).toEqual([letter]);
    await redisDeadLetters.store(letter);
    expect(await redisDeadLetters.wanted()).toEqual([]);
    await redisDeadLetters.remove(letter);
    expect(await redis().hgetall(KEY)).toEqual({});
  });

  it('when a letter is older than 90 days, then it is removed', async () => {
    await redisDeadLetters.store(letter);
    await change({ isWanted: true, storedAt: new Date(Date.now() - 91 * 86_400_000).toISOString() });
    expect(await redisDeadLetters.wanted()).toEqual([]);
    expect(await redis().hgetall(KEY)).toEqual({});
  });
});
