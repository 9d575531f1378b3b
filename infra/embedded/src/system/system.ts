import { randomBytes } from 'node:crypto';
import { startGateway, type Gateway } from '../gateway/gateway';
import { defaultDataDir } from '../paths';
import { choosePorts, type Ports } from '../ports';
import { Guardian } from '../supervisor/guardian';
import { lineFormatter } from '../supervisor/log-format';
import { ManagedProcess, type ProcessSpec } from '../supervisor/managed-process';
import { ProcessLog } from '../supervisor/process-log';
import { createReporter, silent, type Reporter } from '@ticketing/servers';
import { buildClient } from './client-build';
import { DataDir } from './data-dir';
import { obtainServers } from './obtain-servers';
import type { ServerHandle, ServiceHandle, SystemHandle, SystemOptions } from './options';
import { answersOn } from './probes';
import * as specs from './specs';
import { SANDBOX, SERVERS, SERVICES, type ServerName, type ServiceName } from './specs';

const READY_TIMEOUT_MS = 60_000;
const QUOTED_LINES = 15;

export class SystemStartError extends Error {
  override name = 'SystemStartError';
}

export class System implements SystemHandle {
  ports!: Ports;
  readonly services = {} as Record<ServiceName, ServiceHandle>;
  readonly servers = {} as Record<ServerName, ServerHandle>;
  readonly data: DataDir;
  readonly shop: boolean;
  private readonly report: Reporter;
  private readonly guardian: Guardian;
  private readonly processes = new Map<string, ManagedProcess>();
  private readonly stripeKey: string | undefined;
  private gateway: Gateway | undefined;
  private stopped: Promise<void> | undefined;

  constructor(private readonly options: SystemOptions) {
    this.report = options.reporter ?? (options.quiet ? silent : createReporter());
    this.data = new DataDir(options.dataDir ?? defaultDataDir());
    this.guardian = new Guardian((pid) => this.data.guardedBy(pid));
    const env = { ...process.env, ...options.env?.all, ...options.env?.payments };
    this.stripeKey = env.STRIPE_KEY || undefined;
    this.shop = Boolean(options.client);
  }

  get url(): string {
    return specs.addresses(this.ports).url;
  }
  get natsUrl(): string {
    return specs.addresses(this.ports).natsUrl;
  }
  get redisUrl(): string {
    return specs.addresses(this.ports).redisUrl;
  }
  get sandboxUrl(): string | undefined {
    return this.processes.has(SANDBOX) ? specs.addresses(this.ports).sandboxUrl : undefined;
  }
  get logsDir(): string {
    return this.data.path('logs');
  }
  mongoUri(service: ServiceName): string {
    return specs.addresses(this.ports).mongoUri(service);
  }
  logs(name: string): string {
    return this.process(name).log.text();
  }

  async start(): Promise<void> {
    await this.data.open(Boolean(this.options.fresh), this.report);
    try {
      await this.unlessAborted(this.prepare());
      await this.unlessAborted(this.launch());
      await this.data.publish({
        pid: process.pid,
        url: this.url,
        sandboxUrl: this.sandboxUrl,
        ports: this.ports,
      });
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async waitReady(timeoutMs = this.options.readyTimeoutMs ?? READY_TIMEOUT_MS): Promise<void> {
    const held = new Set<string>(this.options.hold ?? []);
    const running = [...this.processes.values()].filter(
      ({ name, pid }) => pid !== undefined || !held.has(name),
    );
    await Promise.all(
      running.map((one) =>
        one.waitReady(timeoutMs).catch((error: Error) => {
          const tail = one.log.tail(QUOTED_LINES).map((line) => `  ${line}`);
          throw new SystemStartError(
            `${error.message} Its last lines (all in ${one.log.file}):\n${tail.join('\n')}`,
          );
        }),
      ),
    );
  }

  /** Services first, while what they need to finish their work is still there; then the servers. */
  stop(): Promise<void> {
    return (this.stopped ??= this.stopInOrder());
  }

  /** Ends everything at once. */
  kill(): void {
    for (const one of this.processes.values()) one.kill('SIGKILL');
  }

  private async stopInOrder(): Promise<void> {
    const stop = (names: readonly string[]) =>
      Promise.all(names.map((name) => this.processes.get(name)?.stop()));
    await Promise.all([this.gateway?.stop(), stop(['client'])]);
    await stop(SERVICES);
    await stop([SANDBOX]);
    await stop(SERVERS);
    await this.guardian.close();
    await Promise.all([...this.processes.values()].map(({ log }) => log.close()));
    await this.data.close();
  }

  private async prepare(): Promise<void> {
    const { options, report } = this;
    const [binaries, chosen, secrets, clientServer] = await Promise.all([
      obtainServers(options.binaries ?? {}, report),
      choosePorts({ gateway: options.port }, options.port === 0),
      this.data.secrets(),
      this.shop ? buildClient(report) : undefined,
    ]);
    if (this.stopped) return;
    this.ports = chosen.ports;
    for (const { name, from, to } of chosen.moved) {
      report.info(`Port ${from} is taken: ${name} listens on ${to} instead`);
    }
    const extra = (name: ServiceName | 'client' | typeof SANDBOX) => ({
      ...options.env?.all,
      ...options.env?.[name],
    });

    for (const name of SERVERS)
      this.addServer(name, specs.serverSpec(name, binaries[name], this.ports, this.data));
    if (!this.stripeKey && options.sandbox !== false) {
      this.add(specs.sandboxSpec(this.ports, this.data, extra(SANDBOX)), true);
    }
    const context = {
      ports: this.ports,
      jwtKey: secrets.JWT_KEY,
      runId: randomBytes(3).toString('hex'),
      stripeKey: this.stripeKey,
      entry: options.entry,
    };
    for (const name of options.services ?? SERVICES) {
      this.addService(name, specs.serviceSpec(name, context, extra(name)));
    }
    if (clientServer) this.add(specs.clientSpec(clientServer, this.ports, extra('client')), true);
  }

  private async launch(): Promise<void> {
    const { order = [], hold = [] } = this.options;
    const timeoutMs = this.options.readyTimeoutMs ?? READY_TIMEOUT_MS;
    if (this.stopped) return;
    this.guardian.start();
    this.gateway = await startGateway({ port: this.ports.gateway, targets: this.targets() });
    const services: string[] = [...this.processes.keys()].filter(
      (name) => !SERVERS.some((server) => server === name),
    );
    const isLater = (name: string) =>
      order.some((step) => step === name || (step === 'services' && services.includes(name)));
    const isHeld = (name: string) => hold.some((server) => server === name);

    for (const one of this.processes.values()) if (!isLater(one.name) && !isHeld(one.name)) one.start();
    for (const step of order) {
      if (this.stopped) return;
      const names = step === 'services' ? services : [step];
      for (const name of names) this.process(name).start();
      if (step === 'services') await this.untilListening(timeoutMs);
      else await this.process(step).waitReady(timeoutMs);
    }
    if (hold.length > 0) return;
    await this.waitReady(timeoutMs);
  }

  private async untilListening(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    const names = SERVICES.filter((name) => this.processes.has(name));
    while (Date.now() < deadline) {
      const answers = await Promise.all(names.map((name) => answersOn(this.ports[name])));
      if (answers.every(Boolean)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new SystemStartError(`Not all services were listening within ${timeoutMs / 1000} s.`);
  }

  /** What goes on by itself after an abort finds everything stopped; its failure then is none. */
  private async unlessAborted(work: Promise<void>): Promise<void> {
    const { signal } = this.options;
    work.catch(() => undefined);
    const aborted = new Promise<never>((_resolve, reject) => {
      const giveUp = () => reject(new SystemStartError('The start was given up.'));
      if (signal?.aborted) giveUp();
      signal?.addEventListener('abort', giveUp, { once: true });
    });
    aborted.catch(() => undefined);
    await Promise.race([work, aborted]);
  }

  /** The Service names of the cluster, as they are reached here. */
  private targets(): Record<string, string | undefined> {
    const names = [...SERVICES, 'client' as const].filter((name) => this.processes.has(name));
    return Object.fromEntries(names.map((name) => [`${name}-srv`, `http://127.0.0.1:${this.ports[name]}`]));
  }

  private process(name: string): ManagedProcess {
    const found = this.processes.get(name);
    if (found) return found;
    throw new Error(`Nothing named ${name} runs here; there are ${[...this.processes.keys()].join(', ')}.`);
  }

  private add(spec: ProcessSpec, shown: boolean): ManagedProcess {
    const print = shown && !this.options.quiet;
    const format = lineFormatter(spec.name, this.processes.size, process.stdout);
    const log = new ProcessLog(
      this.logsDir,
      spec.name,
      print ? (line) => this.report.info(format(line)) : undefined,
    );
    const one = new ManagedProcess(spec, log, this.guardian, {
      onDeath: (name, how, delayMs) => this.report.warn(`${name} ${how}; starting it again in ${delayMs} ms`),
    });
    this.processes.set(spec.name, one);
    return one;
  }

  private addService(name: ServiceName, spec: ProcessSpec): void {
    const one = this.add(spec, true);
    this.services[name] = {
      get pid() {
        return one.pid;
      },
      get restarts() {
        return one.restarts;
      },
      kill: (signal) => one.kill(signal),
      stop: () => one.stop(),
      start: () => one.start(),
      waitReady: (timeoutMs) => one.waitReady(timeoutMs),
    };
  }

  private addServer(name: ServerName, spec: ProcessSpec): void {
    const one = this.add(spec, false);
    this.servers[name] = {
      get pid() {
        return one.pid;
      },
      get restarts() {
        return one.restarts;
      },
      kill: (signal) => one.kill(signal),
      stop: () => one.stop(),
      start: (timeoutMs) => {
        one.start();
        return one.waitReady(timeoutMs);
      },
    };
  }
}

/** Starts the whole system; resolves when it is ready, or rejects with what failed and its last lines. */
export const startSystem = async (options: SystemOptions = {}): Promise<SystemHandle> => {
  const system = new System(options);
  await system.start();
  return system;
};
