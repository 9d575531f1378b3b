import { MongoMemoryServer } from 'mongodb-memory-server';
import mongoose from 'mongoose';

/**
 * Gives a Jest suite a MongoDB of its own (mongodb-memory-server): connected with all indexes before the
 * first test, emptied before each, gone after the last. Call it once in the suite's set-up file.
 */
export const useTestDatabase = (): void => {
  let server: MongoMemoryServer | undefined;

  beforeAll(async () => {
    server = await MongoMemoryServer.create();
    await mongoose.connect(server.getUri());
    await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
  }, 60_000);

  beforeEach(async () => {
    const collections = (await mongoose.connection.db?.collections()) ?? [];
    await Promise.all(collections.map((collection) => collection.deleteMany({})));
  });

  afterAll(async () => {
    await mongoose.disconnect();
    await server?.stop();
  });
};
