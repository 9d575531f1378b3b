import { closeExpirationQueue, redis } from '../queues/expiration-queue';

jest.mock('../nats-wrapper');

beforeEach(async () => {
  jest.clearAllMocks();
  await redis().flushall();
});

afterAll(closeExpirationQueue);
