import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Redis from 'ioredis';

const HOST = '127.0.0.1';
const NAME = 'tickets';
const PASSWORD = 'a:pass@word';
const READY_MS = 20_000;

/** The user of this service, with no more than it may do; and that of replicas and Sentinels. The default user is off. */
const USERS = [
  'user default off',
  `user clock on >${PASSWORD} ~bull:* ~dead-letters &* +@all -@admin -@dangerous +info +client|setname`,
  `user keeper on >${PASSWORD} ~* &* +@all`,
];

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** A primary and a replica of it, watched by three Sentinels. */
export class Sentinels {
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'ticketing-sentinels-'));
  private readonly processes: ChildProcess[] = [];
  private ports: number[] = [];
  private watching: number[] = [];
  private primary?: ChildProcess;

  /** Where this service finds its Redis. */
  get url(): string {
    const sentinels = this.watching.map((port) => `${HOST}:${port}`).join(',');
    return `redis-sentinel://clock:${encodeURIComponent(PASSWORD)}@${sentinels}/0?sentinelMasterId=${NAME}`;
  }

  async start(): Promise<void> {
    this.ports = [await freePort(), await freePort()];
    const [primary = 0, replica = 0] = this.ports;
    const server = (port: number, ...more: string[]) =>
      this.run(port, [], [...USERS, 'appendonly yes', 'appendfsync always', 'save ""', ...more]);
    const signIn = ['masteruser keeper', `masterauth ${PASSWORD}`];
    this.primary = server(primary, ...signIn);
    server(replica, `replicaof ${HOST} ${primary}`, ...signIn);
    await this.untilReplicated();
    for (let count = 0; count < 3; count += 1) {
      const port = await freePort();
      this.watching.push(port);
      this.run(
        port,
        ['--sentinel'],
        [
          `sentinel monitor ${NAME} ${HOST} ${primary} 2`,
          `sentinel auth-user ${NAME} keeper`,
          `sentinel auth-pass ${NAME} ${PASSWORD}`,
          `sentinel down-after-milliseconds ${NAME} 1000`,
          `sentinel failover-timeout ${NAME} 5000`,
        ],
      );
    }
    for (const port of this.watching) await this.untilWatching(port);
  }

  /** Resolves when the replica has all that the primary had when it was asked. */
  async untilReplicated(): Promise<void> {
    await this.until(this.ports[0] ?? 0, { username: 'keeper', password: PASSWORD }, async (redis) => {
      const [, offset = ''] = /master_repl_offset:(\d+)/.exec(await redis.info('replication')) ?? [];
      const replicas = await redis.info('replication');
      return new RegExp(`slave0:.*state=online,offset=${offset},`).test(replicas);
    });
  }

  /** Ends the primary's process without ceremony. */
  killPrimary(): void {
    this.primary?.kill('SIGKILL');
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    for (const one of this.processes) {
      if (one.exitCode !== null || one.signalCode !== null) continue;
      const ended = once(one, 'exit');
      one.kill('SIGKILL');
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** A Sentinel knows the replica and the two others. */
  private untilWatching(port: number): Promise<void> {
    return this.until(port, {}, async (redis) => {
      const about = await redis.info('sentinel');
      return /status=ok,.*slaves=1,sentinels=3/.test(about);
    });
  }

  private async until(
    port: number,
    signIn: { username?: string; password?: string },
    condition: (redis: Redis) => Promise<boolean>,
  ): Promise<void> {
    const redis = new Redis({ host: HOST, port, ...signIn, retryStrategy: () => 100 });
    redis.on('error', () => undefined);
    try {
      for (const end = Date.now() + READY_MS; !(await condition(redis)); await sleep(50)) {
        if (Date.now() > end) throw new Error(`port ${port} is not ready after ${READY_MS} ms`);
      }
    } finally {
      redis.disconnect();
    }
  }

  private run(port: number, args: string[], settings: string[]): ChildProcess {
    const file = path.join(this.directory, `${port}.conf`);
    const directory = mkdtempSync(path.join(this.directory, `${port}-`));
    writeFileSync(file, [`port ${port}`, `bind ${HOST}`, `dir ${directory}`, ...settings, ''].join('\n'));
    const child = spawn(process.env.REDIS_BINARY ?? 'redis-server', [file, ...args], { stdio: 'ignore' });
    this.processes.push(child);
    return child;
  }
}
