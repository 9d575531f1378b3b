import { useTestEnvironment } from '@ticketing/common/testing';
import { closeExpirationQueue } from '../queues/expiration-queue';
import { redis } from '../queues/redis';

jest.mock('../nats-wrapper');

useTestEnvironment();

// One Redis serves all files of the suite; each Jest worker has a database of its own in it.
process.env.REDIS_URL = `${process.env.REDIS_URL}/${process.env.JEST_WORKER_ID}`;

beforeEach(async () => {
  jest.clearAllMocks();
  await redis().flushdb();
});

afterAll(closeExpirationQueue);
