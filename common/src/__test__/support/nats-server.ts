import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jetStream } from '../../bus/jetstream/bus';
import type { Bus } from '../../bus/session';
import { natsStreaming } from '../../bus/stan-session';
import type { NatsConfig } from '../../config/nats-variables';
import { eventually } from './eventually';
import { freePorts } from './free-port';

export const CLUSTER = 'ticketing';

/** A real server of one suite's event bus, on a port and a store of its own. */
export abstract class BusServer {
  protected directory = this.newStore();
  private child?: ChildProcess;

  protected constructor(readonly port: number) {}

  /** A bus that reaches this server, or reaches it at another address. */
  abstract bus(clientId: string, url?: string): Bus;
  /** A bus that does reach it and can never be used. */
  abstract uselessBus(clientId: string, url?: string): Bus;
  protected abstract command(): { binary: string; args: string[] };

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { binary, args } = this.command();
    const child = spawn(binary, args, { stdio: 'ignore' });
    this.child = child;
    await eventually(() => {
      if (child.exitCode !== null) throw new Error(`${binary} ended with ${child.exitCode}`);
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

const binaryOf = (variable: string): string => {
  const binary = process.env[variable];
  if (!binary) throw new Error(`${variable} is not set: Jest’s globalSetup sets it`);
  return binary;
};

/** A real nats-streaming-server. */
export class NatsServer extends BusServer {
  private constructor(
    port: number,
    private readonly monitoringPort: number,
  ) {
    super(port);
  }

  /** A server that is not running yet. */
  static async prepare(): Promise<NatsServer> {
    const [port, monitoringPort] = await freePorts(2);
    return new NatsServer(port!, monitoringPort!);
  }

  static async start(): Promise<NatsServer> {
    const server = await NatsServer.prepare();
    await server.start();
    return server;
  }

  get monitoringUrl(): string {
    return `http://127.0.0.1:${this.monitoringPort}`;
  }

  bus(clientId: string, url = this.url): Bus {
    return natsStreaming({ clusterId: CLUSTER, clientId, url });
  }

  uselessBus(clientId: string, url = this.url): Bus {
    return natsStreaming({ clusterId: 'another-cluster', clientId, url });
  }

  protected command() {
    // A dead client is noticed within seconds.
    const options = `-cid ${CLUSTER} -a 127.0.0.1 -p ${this.port} -m ${this.monitoringPort} -store file -hbi 1s -hbt 1s -hbf 2`;
    return {
      binary: binaryOf('NATS_STREAMING_BINARY'),
      args: [...options.split(' '), '-dir', this.directory],
    };
  }
}

/** A real nats-server with JetStream, which synchronises before it acknowledges; more of its configuration may be given. */
export class JetStreamServer extends BusServer {
  private constructor(
    port: number,
    readonly monitoringPort: number,
    private readonly more: (server: JetStreamServer) => string,
  ) {
    super(port);
  }

  static async prepare(more?: (server: JetStreamServer) => string): Promise<JetStreamServer> {
    return JetStreamServer.at(await freePorts(2), more);
  }

  /** One at given ports, for clients and for monitoring, that is not running yet. */
  static at(ports: readonly number[], more = synchronising): JetStreamServer {
    return new JetStreamServer(ports[0]!, ports[1]!, more);
  }

  static async start(more?: (server: JetStreamServer) => string): Promise<JetStreamServer> {
    const server = await JetStreamServer.prepare(more);
    await server.start();
    return server;
  }

  get monitoringUrl(): string {
    return `http://127.0.0.1:${this.monitoringPort}`;
  }

  bus(clientId: string, url = this.url, more: Partial<NatsConfig> = {}): Bus {
    return jetStream({
      NATS_URL: url,
      NATS_CLIENT_ID: clientId,
      NATS_MONITORING_URL: this.monitoringUrl,
      ...more,
    });
  }

  uselessBus(clientId: string, url = this.url): Bus {
    return this.bus(clientId, url, { NATS_MONITORING_URL: 'http://127.0.0.1:1' });
  }

  protected command() {
    const file = path.join(this.directory, 'nats.conf');
    const address = `listen: "127.0.0.1:${this.port}"\nhttp: "127.0.0.1:${this.monitoringPort}"\n`;
    writeFileSync(file, `${address}${this.more(this)}\n`);
    return { binary: binaryOf('NATS_SERVER_BINARY'), args: ['-c', file] };
  }

  /** Where the store is, for the rest of the configuration. */
  get store(): string {
    return this.directory;
  }
}

const synchronising = (server: JetStreamServer): string =>
  `jetstream { store_dir: "${server.store}", sync_interval: always }`;

/** Each kind of event bus, for `describe.each`. */
export const buses: [name: string, kind: { prepare(): Promise<BusServer>; start(): Promise<BusServer> }][] = [
  ['NATS Streaming', NatsServer],
  ['JetStream', JetStreamServer],
];
