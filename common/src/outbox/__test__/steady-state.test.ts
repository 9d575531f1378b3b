import { setTimeout as sleep } from 'node:timers/promises';
import { useTestDatabase } from '../../testing/database';
import { watchOperations } from '../../testing/operations';
import { Thing, relayOver } from '../../__test__/support/things';

useTestDatabase();

it('when no event is pending, then the relay searches at its start and hardly ever again', async () => {
  await Thing.insertMany(
    Array.from({ length: 100 }, (_, n) => ({ title: `Thing ${n}`, price: n, words: [] })),
  );
  const relay = relayOver(() => ({ publish: jest.fn(), subscribe: jest.fn() }));
  const operations = watchOperations();
  await relay.sweeps.start();
  await sleep(4_000);
  await relay.stop();
  operations.stop();
  expect(operations.sent).toEqual(['find things']);
});
