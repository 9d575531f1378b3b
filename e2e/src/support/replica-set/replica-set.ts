import type { Address } from './upstream';
import { ContainerReplicaSet } from './container-replica-set';
import { ScriptedReplicaSet } from './scripted-replica-set';

/** A replica set of three members whose primary can be killed. */
export interface ReplicaSet {
  /** How many primaries another member has taken the place of. */
  readonly replaced: number;
  uri(database: string): string;
  /**
   * Ends the primary's process; resolves when another member is primary. The dead one comes back.
   *
   * @param electionMs how long a scripted election takes
   */
  killPrimary(electionMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Where a real one is, whose members are the containers mongo-<port>. */
const { REPLICA_SET_URI } = process.env;

export const isReal = REPLICA_SET_URI !== undefined && REPLICA_SET_URI !== '';

/**
 * The real one at `REPLICA_SET_URI`, or a scripted one.
 *
 * @param server that keeps a scripted one's data; asked for when the first command comes
 */
export const startReplicaSet = async (server: () => Address): Promise<ReplicaSet> =>
  isReal ? new ContainerReplicaSet(REPLICA_SET_URI ?? '') : ScriptedReplicaSet.start(server);
