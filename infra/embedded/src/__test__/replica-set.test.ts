import { silent } from '@ticketing/servers';
import type { SystemHandle, SystemOptions } from '../options';
import { startSystem } from '../system';
import { fixture, temporaryDirectory } from './support';

const inDirectory = temporaryDirectory();
const running: SystemHandle[] = [];
const { TICKETING_MONGOD } = process.env;

/** A program instead of mongod, real other servers, stand-ins for the services. */
const start = async (options: SystemOptions = {}): Promise<SystemHandle> => {
  const system = await startSystem({
    dataDir: inDirectory('data'),
    port: 0,
    quiet: true,
    env: { payments: { STRIPE_KEY: 'no sandbox' } },
    entry: () => fixture('fake-service.js'),
    ...options,
  });
  running.push(system);
  return system;
};

const addresses = ({ ports }: SystemHandle, names: ('mongo' | 'mongo2' | 'mongo3')[]): string[] =>
  names.map((name) => `127.0.0.1:${ports[name]}`);

afterEach(async () => {
  await Promise.all(running.splice(0).map((system) => system.stop()));
  if (TICKETING_MONGOD === undefined) delete process.env.TICKETING_MONGOD;
  else process.env.TICKETING_MONGOD = TICKETING_MONGOD;
});

describe('when there is a real mongod', () => {
  beforeEach(() => {
    process.env.TICKETING_MONGOD = fixture('fake-mongod.js');
  });

  test('then it is a replica set of one by default', async () => {
    const system = await start();
    const [address = ''] = addresses(system, ['mongo']);
    expect(system.logs('mongo')).toMatch(/started with .*--replSet ticketing/);
    expect(system.logs('mongo')).toContain(`initiated ["${address}"] version 1`);
    expect(system.mongoUri('orders')).toBe(`mongodb://${address}/orders?replicaSet=ticketing`);
    expect(system.mongoMembers).toHaveLength(1);
  });

  test('then it is a set of three when that is asked for, whose members can be killed one by one', async () => {
    const system = await start({ mongoMembers: 3 });
    const all = addresses(system, ['mongo', 'mongo2', 'mongo3']);
    expect(system.logs('mongo')).toContain(`initiated ${JSON.stringify(all)} version 1`);
    expect(system.mongoUri('auth')).toBe(`mongodb://${all.join(',')}/auth?replicaSet=ticketing`);
    expect(new Set(system.mongoMembers.map(({ pid }) => pid)).size).toBe(3);

    const [, second] = system.mongoMembers;
    const before = second?.pid;
    second?.kill();
    await second?.start();
    expect(second?.pid).not.toBe(before);
    expect(system.mongoMembers.map(({ restarts }) => restarts)).toEqual([0, 1, 0]);
  });

  test('then members that listen elsewhere than in the last run are told so, once', async () => {
    const first = await start({ mongoMembers: 3 });
    await first.stop();
    const second = await start({ mongoMembers: 3 });
    const moved = JSON.stringify(addresses(second, ['mongo', 'mongo2', 'mongo3']));
    expect(second.logs('mongo')).toContain(`reconfigured ${moved} version 2`);

    const { mongo } = second.servers;
    await mongo.stop();
    expect(second.mongoMembers.map(({ pid }) => pid)).toEqual([undefined, undefined, undefined]);
    await mongo.start();
    expect(second.logs('mongo').match(/(initiated|reconfigured)/g)).toEqual(['reconfigured']);
  });

  test('then a set of another size has data of its own', async () => {
    const three = await start({ mongoMembers: 3 });
    await three.stop();
    const one = await start({ mongoMembers: 1 });
    expect(one.logs('mongo')).toContain('initiated');
  });

  test('then a set that is started after the services is made then', async () => {
    const system = await start({ hold: ['mongo'], mongoMembers: 3 });
    expect(system.logs('mongo')).toBe('');
    await system.servers.mongo.start();
    expect(system.logs('mongo')).toContain('initiated');
  });
});

describe('when there is only the stand-in', () => {
  test('then one line says that it is a single server', async () => {
    const told: string[] = [];
    const reporter = { ...silent, info: (line: string) => void told.push(line) };
    const system = await start({ reporter });
    expect(told.filter((line) => line.includes('single server'))).toEqual([
      'MongoDB runs as a single server: mongo-java-server, the stand-in, has no replica sets',
    ]);
    expect(system.mongoUri('auth')).not.toContain('replicaSet');
  });

  test('then three members are refused, with what would help', async () => {
    await expect(start({ mongoMembers: 3 })).rejects.toThrow(
      /^3 members need a real MongoDB: mongo-java-server.*TICKETING_MONGOD.*--mongo-members\.$/,
    );
  });
});
