import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MongoClient, type Document } from 'mongodb';
import type { ReplicaSet } from './replica-set';

/** Longer than the members need to elect another primary, or one of them to come back. */
const SETTLED_MS = 60_000;
const ASK_MS = 200;

interface MemberState {
  name: string;
  stateStr: string;
}

const docker = (...args: string[]) => promisify(execFile)('docker', args);

/** The container of a member, by its port: mongo-27017. */
const containerOf = (address: string): string => `mongo-${address.split(':').at(-1)}`;

/** A real replica set, whose members are Docker containers of this machine; each is named after its port. */
export class ContainerReplicaSet implements ReplicaSet {
  replaced = 0;
  private readonly prefix = `faults-${process.pid}`;
  private readonly client: MongoClient;

  /** @param address of the whole set, without a database: `mongodb://127.0.0.1:27017,…/?replicaSet=rs0` */
  constructor(private readonly address: string) {
    this.client = new MongoClient(address, { serverSelectionTimeoutMS: SETTLED_MS });
  }

  uri(database: string): string {
    return this.address.replace(/\/(?=\?|$)/, `/${this.prefix}-${database}`);
  }

  /**
   * Kills the primary's process when all members are there, waits until another one is primary, and starts the container
   * again.
   */
  async killPrimary(): Promise<void> {
    await this.until((members) => members.every(({ stateStr }) => /^(PRIMARY|SECONDARY)$/.test(stateStr)));
    const killed = await this.primary();
    await docker('kill', '--signal', 'KILL', containerOf(killed));
    await this.until((members) =>
      members.some(({ name, stateStr }) => stateStr === 'PRIMARY' && name !== killed),
    );
    this.replaced += 1;
    await docker('start', containerOf(killed));
  }

  /** Removes the databases of this run; the set goes on. */
  async stop(): Promise<void> {
    try {
      const { databases } = await this.client.db('admin').admin().listDatabases({ nameOnly: true });
      for (const { name } of databases)
        if (name.startsWith(`${this.prefix}-`)) await this.client.db(name).dropDatabase();
    } finally {
      await this.client.close();
    }
  }

  private async primary(): Promise<string> {
    const hello = (await this.client.db('admin').command({ hello: 1 })) as { primary?: string };
    if (!hello.primary) throw new Error('There is no primary now');
    return hello.primary;
  }

  private async until(condition: (members: MemberState[]) => boolean): Promise<void> {
    for (const end = Date.now() + SETTLED_MS; ; await sleep(ASK_MS)) {
      const members = await this.members().catch((): MemberState[] => []);
      if (members.length > 0 && condition(members)) return;
      if (Date.now() > end) throw new Error(`The replica set has not settled: ${JSON.stringify(members)}`);
    }
  }

  /** What the members say of each other; asked of any of them, since there may be no primary. */
  private async members(): Promise<MemberState[]> {
    const options = { readPreference: 'primaryPreferred' as const };
    const status: Document = await this.client.db('admin').command({ replSetGetStatus: 1 }, options);
    return status.members as MemberState[];
  }
}
