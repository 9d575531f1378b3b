import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRandomPort } from 'get-port-please';
import { MongoMemoryServer } from 'mongodb-memory-server-core';
import mongoose from 'mongoose';
import { temporaryDirectory } from './support';

const inDirectory = temporaryDirectory();
const started: ChildProcess[] = [];
const schema = new mongoose.Schema({ email: { type: String, unique: true }, name: String });

const launch = (port: number, dbpath = inDirectory('db')) => {
  const options = ['--port', String(port), '--bind_ip', '127.0.0.1', '--dbpath', dbpath];
  const mongod = spawn(process.env.XX ?? process.env.MONGOMS_SYSTEM_BINARY ?? 'mongod', options);
  started.push(mongod);
  return mongod;
};

const launchAndWait = async (port: number): Promise<ChildProcess> => {
  const mongod = launch(port);
  for await (const line of createInterface({ input: mongod.stdout })) {
    if (/waiting for connections/i.test(line)) return mongod;
  }
  throw new Error('mongod ended before it waited for connections');
};

const end = async (mongod: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  mongod.kill(signal);
  await once(mongod, 'exit');
};

/** Exit code and output of a mongod that ends by itself. */
const outcome = async (mongod: ReturnType<typeof launch>): Promise<{ code: number; output: string }> => {
  let output = '';
  for (const stream of [mongod.stdout, mongod.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const [code] = (await once(mongod, 'close')) as [number];
  return { code, output };
};

const withUsers = async <T>(uri: string, work: (User: mongoose.Model<{ email: string }>) => Promise<T>) => {
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    const User = connection.model('User', schema);
    await User.init();
    return await work(User as never);
  } finally {
    await connection.close();
  }
};
const at = (port: number) => `mongodb://127.0.0.1:${port}/users`;

beforeEach(() => mkdir(inDirectory('db')));

afterEach(async () => {
  const running = started
    .splice(0)
    .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  await Promise.all(running.map((mongod) => end(mongod, 'SIGTERM')));
});

describe('when a mongod has been obtained', () => {
  test('then mongodb-memory-server creates servers with it, as every suite does', async () => {
    const server = await MongoMemoryServer.create();

    await withUsers(server.getUri(), async (User) => {
      await User.create({ email: 'a@example.com', name: 'A' });

      await expect(User.create({ email: 'a@example.com' })).rejects.toThrow('E11000');
      expect(await User.findOne({ email: 'a@example.com' })).toMatchObject({ name: 'A' });
    });
    await server.stop();
  });

  test('then a query by a unique key and another condition fits only where both do', async () => {
    const port = await getRandomPort('127.0.0.1');
    await launchAndWait(port);

    await withUsers(at(port), async (User) => {
      await User.create({ email: 'c@example.com', name: 'C' });
      await User.create({ email: 'd@example.com', name: 'D' });

      const updates = await User.bulkWrite([
        { updateOne: { filter: { email: 'c@example.com', name: 'C' }, update: { $set: { name: 'E' } } } },
        { updateOne: { filter: { email: 'd@example.com', name: 'C' }, update: { $set: { name: 'E' } } } },
      ]);

      expect(updates.matchedCount).toBe(1);
      expect(await User.find({ name: 'E' })).toMatchObject([{ email: 'c@example.com' }]);
      expect(
        await User.countDocuments({ email: { $in: ['c@example.com', 'd@example.com'] }, name: 'D' }),
      ).toBe(1);
    });
  });

  test('then a reader beside writers sees a document before or after each write, never between', async () => {
    const fields = Array.from({ length: 200 }, (_, index) => `field${index}`);
    const allAre = (value: number) => Object.fromEntries(fields.map((field) => [field, value]));
    const port = await getRandomPort('127.0.0.1');
    await launchAndWait(port);

    await withUsers(at(port), async (User) => {
      const _id = (await User.create({ email: 'e@example.com' }))._id;
      const users = User.collection;
      await users.updateOne({ _id }, { $set: allAre(0) });
      let isWriting = true;
      let reads = 0;
      const torn: unknown[] = [];
      const read = async () => {
        for (; isWriting; reads += 1) {
          const user: Record<string, unknown> = (await users.findOne({ _id })) ?? {};
          if (fields.some((field) => user[field] !== user.field0)) torn.push(user);
        }
      };

      const readers = Array.from({ length: 8 }, read);
      // As many as a server that changes stored documents in place needs to show half a dozen torn ones.
      const values = Array.from({ length: 2_000 }, (_, index) => index + 1);
      await Promise.all([
        (async () => {
          for (const value of values) await users.updateOne({ _id }, { $set: allAre(value) });
        })(),
        (async () => {
          for (const value of values) await users.findOneAndUpdate({ _id }, { $set: allAre(-value) });
        })(),
      ]);
      isWriting = false;
      await Promise.all(readers);

      expect(reads).toBeGreaterThan(values.length);
      expect(torn).toHaveLength(0);
    });
    // A busy machine takes minutes for what a quiet one does in ten seconds.
  }, 240_000);

  test('then documents and indexes survive a restart', async () => {
    const port = await getRandomPort('127.0.0.1');
    const first = await launchAndWait(port);
    await withUsers(at(port), (User) => User.create({ email: 'b@example.com', name: 'B' }));
    await end(first, 'SIGTERM');

    await launchAndWait(port);

    await withUsers(at(port), async (User) => {
      expect(await User.findOne({ email: 'b@example.com' })).toMatchObject({ name: 'B' });
      await expect(User.create({ email: 'b@example.com' })).rejects.toThrow('E11000');
    });
  });

  test('then what was written half a second ago survives SIGKILL', async () => {
    const port = await getRandomPort('127.0.0.1');
    const first = await launchAndWait(port);
    await withUsers(at(port), async (User) => {
      await User.create({ email: 'c@example.com', name: 'C' });
      await sleep(500);
      await end(first, 'SIGKILL');
    });

    await launchAndWait(port);

    expect(await withUsers(at(port), (User) => User.countDocuments())).toBe(1);
  });

  test('then one on a port that is in use ends with a message about it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');

    const { code, output } = await outcome(launch((other.address() as AddressInfo).port));
    other.close();

    expect(code).toBe(48);
    expect(output).toMatch(/address already in use/i);
  });

  test('then one without its data directory ends with a message about it', async () => {
    const { code, output } = await outcome(launch(await getRandomPort('127.0.0.1'), inDirectory('missing')));

    expect(code).toBe(100);
    expect(output).toMatch(/Data directory .*missing not found/);
  });
});
