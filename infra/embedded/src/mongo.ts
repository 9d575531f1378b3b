import { mkdirSync } from 'node:fs';
import { run, type Reporter, type ServerBinary } from '@ticketing/servers';
import type { DataDir } from './data-dir';
import type { ProcessSpec } from './managed-process';
import { LOOPBACK } from './paths';
import type { Ports } from './ports';
import { answersOn } from './probes';

/** The name of the replica set. */
export const REPLICA_SET = 'ticketing';

/** How many members the replica set can have; one is a majority of itself. */
export const MEMBER_COUNTS = [1, 3] as const;
export type MemberCount = (typeof MEMBER_COUNTS)[number];

export class NoReplicaSetError extends Error {
  override name = 'NoReplicaSetError';
}

/** What MongoDB is made of here. */
export interface MongoContext {
  binary: ServerBinary;
  /** Undefined where the server knows no replica sets. */
  members: MemberCount | undefined;
}

const isStandIn = async ({ file, flavour }: ServerBinary): Promise<boolean> =>
  flavour === 'mongo-java-server' || (await run(file, ['--version'])).includes('mongo-java-server');

/**
 * How many members there will be: what was asked for, and one otherwise.
 *
 * @throws NoReplicaSetError when several were asked for and the server knows no replica sets
 */
export const chooseMembers = async (
  binary: ServerBinary,
  wanted: MemberCount | undefined,
  report: Reporter,
): Promise<MongoContext> => {
  if (!(await isStandIn(binary))) return { binary, members: wanted ?? 1 };
  const reason = 'mongo-java-server, the stand-in, has no replica sets';
  if (wanted === undefined || wanted === 1) {
    report.info(`MongoDB runs as a single server: ${reason}`);
    return { binary, members: undefined };
  }
  throw new NoReplicaSetError(
    `${wanted} members need a real MongoDB: ${reason}. ` +
      'Install MongoDB 7 or newer, set TICKETING_MONGOD to the path of a mongod program, or leave out --mongo-members.',
  );
};

const MEMBER_PORTS = ['mongo', 'mongo2', 'mongo3'] as const;

/** The processes that MongoDB is made of, by the names of their ports. */
export const memberNames = (members: MemberCount | undefined) => MEMBER_PORTS.slice(0, members ?? 1);

/** The ports that nothing of MongoDB listens on. */
export const unusedPorts = (members: MemberCount | undefined): string[] =>
  MEMBER_PORTS.filter((name) => !memberNames(members).includes(name));

export const memberAddresses = (ports: Ports, members: MemberCount | undefined): string[] =>
  memberNames(members).map((name) => `${LOOPBACK}:${ports[name]}`);

export const mongoUri = (ports: Ports, { members }: MongoContext, database: string): string =>
  `mongodb://${memberAddresses(ports, members).join(',')}/${database}${members ? `?replicaSet=${REPLICA_SET}` : ''}`;

/**
 * One set's data are of no use to a set of another size: each has its own. The single server's and the set of one's are
 * the same.
 */
const storeOf = (name: string, { binary, members }: MongoContext): string[] =>
  members === undefined || members === 1
    ? ['mongo', binary.flavour]
    : ['mongo', `${binary.flavour}-set-of-${members}`, name];

/**
 * An oplog is a twentieth of the disk otherwise. A member that is told to stop waits 15 s for clients to leave by default:
 * here the services have ended before.
 */
const SET_OPTIONS = [
  ...['--oplogSize', '990'],
  ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
];

export const mongoSpecs = (ports: Ports, data: DataDir, context: MongoContext): ProcessSpec[] =>
  memberNames(context.members).map((name) => {
    const store = data.path(...storeOf(name, context));
    mkdirSync(store, { recursive: true });
    const set = context.members ? ['--replSet', REPLICA_SET, ...SET_OPTIONS] : [];
    return {
      name,
      command: context.binary.file,
      args: ['--port', String(ports[name]), '--bind_ip', LOOPBACK, ...set, '--dbpath', store],
      env: process.env,
      ready: () => answersOn(ports[name]),
    };
  });
