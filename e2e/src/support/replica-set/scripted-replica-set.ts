import { setTimeout as sleep } from 'node:timers/promises';
import { BSON } from 'mongodb';
import { Member } from './member';
import type { ReplicaSet } from './replica-set';
import { Upstream, type Address } from './upstream';

/** Codes of MongoDB's `error_codes.yml`. */
const NOT_WRITABLE_PRIMARY = 10107;
const NOT_PRIMARY_NO_SECONDARY_OK = 13435;

/** Commands that change data, and may be sent twice with the same number of their session's transaction. */
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);
/** Commands that every member answers. */
const OF_A_MEMBER = new Set(['ping', 'buildInfo', 'endSessions', 'killCursors']);
/** What a single server does not know. */
const OF_A_SET = ['lsid', 'txnNumber', '$clusterTime', '$readPreference', 'readConcern', 'writeConcern'];

/** What the drivers of a set saw and did. */
export interface SetStatistics {
  /** Commands that a member refused because it was not the primary. */
  refused: number;
  /** Writes that were sent again after their first attempt had been executed. */
  repeated: number;
}

/**
 * A replica set as a driver sees it, over one server that keeps the data: members that say who is primary, refuse what
 * only a primary does, lose their connections and are replaced after an election. A retryable write that was executed
 * but not answered is answered from memory when it comes again, as a set does from its oplog.
 *
 * It shows what the services do when a primary goes. What a set itself may lose it does not show: that needs real ones.
 */
export class ScriptedReplicaSet implements ReplicaSet {
  readonly statistics: SetStatistics = { refused: 0, repeated: 0 };
  private readonly answered = new Map<string, Promise<BSON.Document>>();
  private members: Member[] = [];
  private primary?: Member;
  private term = 1;

  private constructor(private readonly upstream: Upstream) {}

  /**
   * @param target of the server that keeps the data; asked for when the first command comes
   * @param count of the members; the first is the primary
   */
  static async start(target: () => Address, count = 3): Promise<ScriptedReplicaSet> {
    const set = new ScriptedReplicaSet(new Upstream(target));
    set.members = Array.from(
      { length: count },
      () => new Member((member, body, rest) => set.answer(member, body, rest)),
    );
    for (const member of set.members) await member.start();
    set.primary = set.members[0];
    return set;
  }

  get replaced(): number {
    return this.term - 1;
  }

  uri(database: string, options = ''): string {
    const hosts = this.members.map(({ address }) => address).join(',');
    return `mongodb://${hosts}/${database}?replicaSet=rs0${options}`;
  }

  /** Ends the primary's process, as it were; another member is elected after a while, and the dead one comes back. */
  async killPrimary(electionMs: number): Promise<void> {
    const killed = this.losePrimary();
    await killed.kill();
    await sleep(electionMs);
    this.elect(killed);
    await killed.start();
  }

  /** The primary becomes a secondary; connections stay. */
  async stepDown(electionMs: number): Promise<void> {
    const stepped = this.losePrimary();
    await sleep(electionMs);
    this.elect(stepped);
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
    this.upstream.close();
  }

  private losePrimary(): Member {
    const { primary } = this;
    if (!primary) throw new Error('There is no primary now');
    this.primary = undefined;
    return primary;
  }

  private elect(previous: Member): void {
    this.term += 1;
    const index = (this.members.indexOf(previous) + 1) % this.members.length;
    this.primary = this.members[index];
  }

  private async answer(member: Member, body: BSON.Document, rest: Buffer): Promise<BSON.Document> {
    const [name = ''] = Object.keys(body);
    if (/^(hello|ismaster)$/i.test(name)) return this.hello(member);
    if (name === 'endSessions') return { ok: 1 };
    const isOfMember = OF_A_MEMBER.has(name) || ('$readPreference' in body && !WRITES.has(name));
    if (member !== this.primary && !isOfMember) return this.refusal(name, body);
    const command = Object.fromEntries(Object.entries(body).filter(([key]) => !OF_A_SET.includes(key)));
    if (!WRITES.has(name) || body.txnNumber === undefined) return this.upstream.run(command, rest);
    return this.once(`${JSON.stringify(body.lsid)}/${String(body.txnNumber)}`, () =>
      this.upstream.run(command, rest),
    );
  }

  /** Executes a retryable write once, however often it comes. */
  private once(key: string, execute: () => Promise<BSON.Document>): Promise<BSON.Document> {
    const before = this.answered.get(key);
    if (before) {
      this.statistics.repeated += 1;
      return before;
    }
    const answer = execute();
    this.answered.set(key, answer);
    // What was not executed may be executed by the next attempt.
    answer.catch(() => this.answered.delete(key));
    return answer;
  }

  private refusal(name: string, body: BSON.Document): BSON.Document {
    this.statistics.refused += 1;
    if (!WRITES.has(name))
      return {
        ok: 0,
        code: NOT_PRIMARY_NO_SECONDARY_OK,
        codeName: 'NotPrimaryNoSecondaryOk',
        errmsg: 'not primary and secondaryOk=false',
      };
    return {
      ok: 0,
      code: NOT_WRITABLE_PRIMARY,
      codeName: 'NotWritablePrimary',
      errmsg: 'not primary',
      ...(body.txnNumber !== undefined && { errorLabels: ['RetryableWriteError'] }),
    };
  }

  private async hello(member: Member): Promise<BSON.Document> {
    const isPrimary = member === this.primary;
    // Without a topologyVersion drivers ask again instead of waiting for a change.
    const { topologyVersion: _version, ...server } = await this.upstream.hello();
    return {
      ...server,
      helloOk: true,
      ismaster: isPrimary,
      isWritablePrimary: isPrimary,
      secondary: !isPrimary,
      setName: 'rs0',
      setVersion: 1,
      hosts: this.members.map(({ address }) => address),
      me: member.address,
      ...(this.primary && { primary: this.primary.address }),
      ...(isPrimary && {
        electionId: BSON.ObjectId.createFromHexString(`7fffffff${this.term.toString(16).padStart(16, '0')}`),
      }),
      logicalSessionTimeoutMinutes: 30,
      localTime: new Date(),
      ok: 1,
    };
  }
}
