import { setTimeout as sleep } from 'node:timers/promises';
import { MongoMemoryServer } from 'mongodb-memory-server';
import mongoose from 'mongoose';
import { eventually } from '../../__test__/support/eventually';
import { captureLog } from '../../__test__/support/log';
import { TcpProxy } from '../../__test__/support/tcp-proxy';
import { Thing } from '../../__test__/support/things';
import { connectMongo, isMongoConnected } from '../connect';

/** Longer than an answer may take, so that an attempt fails. */
const BUILD_MS = 6_000;

const lines = captureLog();
let server: MongoMemoryServer;
let proxy: TcpProxy;
let giveUp: AbortController;

beforeAll(async () => {
  server = await MongoMemoryServer.create();
  proxy = await TcpProxy.to(server.instanceInfo!.port);
}, 60_000);
beforeEach(() => {
  giveUp = new AbortController();
});
afterEach(async () => {
  giveUp.abort();
  await mongoose.disconnect();
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

const connect = (database: string) =>
  connectMongo(`mongodb://127.0.0.1:${proxy.port}/${database}`, giveUp.signal);

const uniqueIndexes = async ({ collection }: { collection: mongoose.Collection }) => {
  const indexes = await collection.indexes();
  return indexes.filter(({ unique }) => unique).map(({ key }) => key);
};

it('when an index takes longer to build than an answer may take, then the next attempt finds it', async () => {
  proxy.withhold((request) => request.includes('createIndexes'));
  const begun = performance.now();
  const connected = connect('slow');
  await sleep(BUILD_MS);
  expect(lines.map(({ msg }) => msg)).not.toContain('connected to MongoDB');
  proxy.withhold();

  await connected;
  expect(performance.now() - begun).toBeGreaterThan(BUILD_MS);
  expect(isMongoConnected()).toBe(true);
  expect(await uniqueIndexes(Thing)).toEqual([{ unique: 1 }]);
  expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', msg: 'waiting for MongoDB' }));
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
}, 40_000);

it('when documents violate an index, then the log names it, and it is built when they are put right', async () => {
  const Badge = mongoose.model('Badge', new mongoose.Schema({ number: { type: String, unique: true } }));
  // In a real server's words: the stand-in builds an index over anything.
  const message =
    'Index build failed: 6f2d: Collection test.badges ( 1c9a ) :: caused by :: E11000 duplicate key error ' +
    'collection: test.badges index: number_1 dup key: { number: "a-secret" }';
  const refused = new mongoose.mongo.MongoServerError({ code: 11000, message });
  const build = jest.spyOn(Badge.collection, 'createIndex').mockRejectedValue(refused);
  let isConnected = false;
  const connected = connect('violated').then(() => (isConnected = true));

  // It is tried again and again.
  await eventually(() => expect(lines.filter(({ level }) => level === 'error').length).toBeGreaterThan(1));
  const { msg, reason } = lines.find(({ level }) => level === 'error')!;
  expect(msg).toBe('not ready: MongoDB refuses an index');
  expect(reason).toMatch(/^an index of badges cannot be built: .*E11000.*index: number_1$/);
  expect(JSON.stringify(lines)).not.toContain('a-secret');
  expect(isConnected).toBe(false);

  build.mockRestore();
  await connected;
  expect(await uniqueIndexes(Badge)).toEqual([{ number: 1 }]);
});
