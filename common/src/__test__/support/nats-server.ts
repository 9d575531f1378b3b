import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';

export const CLUSTER = 'ticketing';

/** A real nats-streaming-server of one suite, on a port and a store of its own. */
export class NatsServer {
  private child?: ChildProcess;
  private directory = this.newStore();

  private constructor(readonly port: number) {}

  /** A server that is not running yet. */
  static async prepare(): Promise<NatsServer> {
    return new NatsServer(await freePort());
  }

  static async start(): Promise<NatsServer> {
    const server = await NatsServer.prepare();
    await server.start();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const binary = process.env.NATS_STREAMING_BINARY;
    if (!binary) throw new Error('NATS_STREAMING_BINARY is not set: Jest’s globalSetup sets it');
    const child = spawn(
      binary,
      // A dead client is noticed within seconds.
      `-cid ${CLUSTER} -a 127.0.0.1 -p ${this.port} -store file -hbi 1s -hbt 1s -hbf 2`
        .split(' ')
        .concat('-dir', this.directory),
      { stdio: 'ignore' },
    );
    this.child = child;
    await eventually(() => {
      if (child.exitCode !== null) throw new Error(`nats-streaming-server ended with ${child.exitCode}`);
      return this.answers();
    });
  }

  /** Ends it without ceremony, as a crash does; the store stays. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Forgets everything it has stored; only while it is not running. */
  empty(): void {
    rmSync(this.directory, { recursive: true, force: true });
    this.directory = this.newStore();
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private newStore(): string {
    return mkdtempSync(path.join(tmpdir(), 'ticketing-nats-'));
  }

  private answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.once('connect', () => socket.destroy()).once('error', () => resolve(false));
      socket.once('close', (failed) => resolve(!failed));
    });
  }
}
