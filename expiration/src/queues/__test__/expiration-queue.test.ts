import type * as Queues from '../expiration-queue';

const orderId = 'a'.repeat(24);

it('when the queue is closed while Redis is unreachable, then adding and removing a job reject', async () => {
  await jest.isolateModulesAsync(async () => {
    jest.replaceProperty(process, 'env', { ...process.env, REDIS_URL: 'redis://127.0.0.1:1' });
    const { addJob, closeExpirationQueue, removeJob } =
      jest.requireActual<typeof Queues>('../expiration-queue');
    const pending = Promise.allSettled([
      addJob({ orderId, correlationId: 'c-1' }, 1_000),
      removeJob(orderId),
    ]);
    await closeExpirationQueue();
    const reason = new Error('the queue is closing');
    expect(await pending).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
  });
  jest.restoreAllMocks();
});
