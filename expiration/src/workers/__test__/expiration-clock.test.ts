import { setTimeout as sleep } from 'node:timers/promises';
import { natsWrapper } from '../../nats-wrapper';
import { expirationQueue } from '../../queues/expiration-queue';
import { expirationClock } from '../expiration-clock';

const publish = jest.mocked(natsWrapper.client.publish);
const orderId = 'a'.repeat(24);

const until = async (condition: () => boolean | Promise<boolean>) => {
  while (!(await condition())) await sleep(20);
};

beforeEach(() => expirationClock.start());
afterEach(() => expirationClock.stop());

it('when an order’s time is up, then expiration:complete is published with the order’s correlation id', async () => {
  const due = Date.now() + 300;
  await expirationQueue().add({ orderId, correlationId: 'c-1' }, { delay: 300, jobId: orderId });
  await until(() => publish.mock.calls.length > 0);
  expect(Date.now()).toBeGreaterThanOrEqual(due - 1);
  const [subject, data] = publish.mock.calls[0]!;
  expect(subject).toBe('expiration:complete');
  expect(JSON.parse(data)).toMatchObject({
    orderId,
    meta: { correlationId: 'c-1', eventId: expect.any(String) },
  });
});

it('when a job has lost its data, as one that is being removed does, then its id still names the order', async () => {
  const job = await expirationQueue().add({ orderId, correlationId: 'c-1' }, { delay: 300, jobId: orderId });
  await job.update({} as never);
  await until(() => publish.mock.calls.length > 0);
  expect(JSON.parse(publish.mock.calls[0]![1])).toMatchObject({ orderId });
});

it('when the bus does not acknowledge, then publishing is retried until it does', async () => {
  publish.mockImplementationOnce((_subject, _data, callback) => callback(new Error('no connection')));
  await expirationQueue().add({ orderId, correlationId: 'c-1' }, { jobId: orderId });
  await until(() => publish.mock.calls.length === 2);
  await until(async () => (await expirationQueue().getJob(orderId)) === null);
});

it('when Redis answers, then the clock is ready', async () => {
  await until(() => expirationClock.isReady!());
});
