import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { MongoMemoryServer } from 'mongodb-memory-server';
import mongoose from 'mongoose';
import { temporaryDirectory } from '../../__test__/support';
import { freePort } from '../../ports';

const directory = temporaryDirectory();
const started: ChildProcess[] = [];
const schema = new mongoose.Schema({ email: { type: String, unique: true }, name: String });

const launch = (port: number, extra: string[] = []): ChildProcess => {
  const dbpath = ['--dbpath', path.join(directory(), 'db')];
  const mongod = spawn(process.env.MONGOMS_SYSTEM_BINARY!, [
    '--port',
    String(port),
    '--bind_ip',
    '127.0.0.1',
    ...dbpath,
    ...extra,
  ]);
  started.push(mongod);
  return mongod;
};

const untilItWaits = async (mongod: ChildProcess): Promise<void> => {
  for await (const line of createInterface({ input: mongod.stdout! })) {
    if (/waiting for connections/i.test(line)) return;
  }
  throw new Error('mongod ended before it waited for connections');
};

const stop = async (mongod: ChildProcess): Promise<void> => {
  mongod.kill('SIGTERM');
  await once(mongod, 'exit');
};

const people = async (port: number) => {
  const connection = await mongoose.createConnection(`mongodb://127.0.0.1:${port}/people`).asPromise();
  const Person = connection.model('Person', schema);
  await Person.init();
  return { Person, close: () => connection.close() };
};

afterEach(async () => {
  await Promise.all(
    started
      .splice(0)
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map(stop),
  );
});

describe('when a mongod has been obtained', () => {
  test('then mongodb-memory-server creates servers with it, as every suite does', async () => {
    const server = await MongoMemoryServer.create();
    const connection = await mongoose.createConnection(server.getUri()).asPromise();
    const Person = connection.model('Person', schema);
    await Person.init();

    await Person.create({ email: 'a@example.com', name: 'A' });

    await expect(Person.create({ email: 'a@example.com' })).rejects.toThrow('E11000');
    expect(await Person.findOne({ email: 'a@example.com' })).toMatchObject({ name: 'A' });
    await connection.close();
    await server.stop();
  });

  test('then documents and indexes survive a restart', async () => {
    const port = await freePort(new Set());
    const first = launch(port);
    await untilItWaits(first);
    const before = await people(port);
    await before.Person.create({ email: 'b@example.com', name: 'B' });
    await before.close();
    await stop(first);

    await untilItWaits(launch(port));
    const after = await people(port);

    expect(await after.Person.findOne({ email: 'b@example.com' })).toMatchObject({ name: 'B' });
    await expect(after.Person.create({ email: 'b@example.com' })).rejects.toThrow('E11000');
    await after.close();
  });

  test('then what was written a moment ago survives kill -9', async () => {
    const port = await freePort(new Set());
    const first = launch(port);
    await untilItWaits(first);
    const before = await people(port);
    await before.Person.create({ email: 'c@example.com', name: 'C' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    first.kill('SIGKILL');
    await once(first, 'exit');
    await before.close();

    await untilItWaits(launch(port));
    const after = await people(port);

    expect(await after.Person.countDocuments()).toBe(1);
    await after.close();
  });

  test('then one on a taken port ends with a message about it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const mongod = launch((other.address() as AddressInfo).port);
    let output = '';
    for (const stream of [mongod.stdout!, mongod.stderr!]) stream.on('data', (data) => (output += data));

    const [code] = (await once(mongod, 'close')) as [number];

    expect(code).not.toBe(0);
    expect(output).toMatch(/address already in use/i);
    other.close();
  });
});
