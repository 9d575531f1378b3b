import { randomUUID } from 'node:crypto';
import { MongoMemoryServer } from 'mongodb-memory-server';
import mongoose from 'mongoose';

/**
 * Gives a Jest suite a MongoDB database of its own: connected with all indexes before the first test, emptied
 * before each, gone after the last. It is in the server at `TEST_MONGO_URI`, which many suites can share, or in
 * one that mongodb-memory-server starts for the suite. Call it once in the suite's set-up file.
 */
export const useTestDatabase = (): void => {
  let server: MongoMemoryServer | undefined;

  beforeAll(async () => {
    const shared = process.env.TEST_MONGO_URI;
    server = shared ? undefined : await MongoMemoryServer.create();
    await mongoose.connect(shared ?? server?.getUri() ?? '', {
      dbName: `test-${randomUUID()}`,
      monitorCommands: true,
    });
    await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
  }, 60_000);

  beforeEach(async () => {
    const collections = (await mongoose.connection.db?.collections()) ?? [];
    await Promise.all(collections.map((collection) => collection.deleteMany({})));
  });

  afterAll(async () => {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
    await server?.stop();
  });
};
