import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from 'mongodb';
import { REPLICA_SET } from './mongo';

const ATTEMPT_EVERY_MS = 100;
const ANSWER_MS = 2_000;
/** Longer than the members need to see that there is no primary, and to elect one. */
const ELECTED_WITHIN_MS = 45_000;
/** MongoDB's code for a member that belongs to no set yet. */
const NOT_YET_INITIALIZED = 94;

interface Member {
  _id: number;
  host: string;
}
interface Configuration {
  version: number;
  members: Member[];
}

const membersOf = (addresses: readonly string[]): Member[] =>
  addresses.map((host, index) => ({ _id: index, host }));

const readConfiguration = async (admin: Db): Promise<Configuration | undefined> => {
  try {
    return ((await admin.command({ replSetGetConfig: 1 })) as { config: Configuration }).config;
  } catch (error) {
    if ((error as { code?: number }).code === NOT_YET_INITIALIZED) return undefined;
    throw error;
  }
};

const hostsOf = ({ members }: Configuration): string => members.map(({ host }) => host).join();

/** Makes the members a set, or tells a set that it has moved: the ports of another run may be others. */
const configure = async (admin: Db, addresses: readonly string[]): Promise<void> => {
  const found = await readConfiguration(admin);
  const members = membersOf(addresses);
  if (!found) {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } });
  } else if (hostsOf(found) !== addresses.join()) {
    // There is no primary to ask: the members do not find themselves in what they know. They are the same as before,
    // so that nothing is lost by force, and a majority still elects the one that has everything.
    const moved = found.members.map((member, index) => ({ ...member, host: addresses[index] }));
    const configuration = { ...found, version: found.version + 1, members: moved };
    await admin.command({ replSetReconfig: configuration, force: true });
  }
};

const attempt = async (addresses: readonly string[]): Promise<void> => {
  // Loaded on demand: the stand-in needs none of it.
  const { MongoClient } = createRequire(__filename)('mongodb') as typeof import('mongodb');
  const client = new MongoClient(`mongodb://${addresses[0]}/?directConnection=true`, {
    serverSelectionTimeoutMS: ANSWER_MS,
    socketTimeoutMS: ELECTED_WITHIN_MS,
  });
  try {
    const admin = client.db('admin');
    await configure(admin, addresses);
    const { primary } = await admin.command({ hello: 1 });
    if (typeof primary !== 'string') throw new Error('it has no primary yet');
  } finally {
    await client.close();
  }
};

/**
 * Makes a replica set of the members, where they are none, and waits until it has a primary. It may be repeated.
 *
 * @param addresses of the members, in the same order each time
 * @throws (rejects) Error with the last reason when that takes too long, or with the signal's when it is aborted
 */
export const ensureReplicaSet = async (
  addresses: readonly string[],
  { timeoutMs = ELECTED_WITHIN_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<void> => {
  for (const deadline = Date.now() + timeoutMs; ;) {
    signal?.throwIfAborted();
    try {
      return await attempt(addresses);
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`MongoDB's replica set cannot be used: ${(error as Error).message}`, {
          cause: error,
        });
    }
    await sleep(ATTEMPT_EVERY_MS, undefined, { signal });
  }
};
