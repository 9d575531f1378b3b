import { randomBytes } from 'node:crypto';
import { createReporter, silent, type Reporter } from '@ticketing/servers';
import { busEnv, natsUrl, reportOtherBus } from './bus';
import { buildClient } from './client-build';
import { openDataDir } from './data-dir';
import { startGateway } from './gateway';
import { Guardian } from './guardian';
import { lineFormatter } from './log-format';
import { ManagedProcess, type ProcessSpec } from './managed-process';
import { chooseMembers, memberAddresses, unusedPorts } from './mongo';
import { obtainServers } from './obtain-servers';
import type { ServerHandle, SystemHandle, SystemOptions } from './options';
import { defaultDataDir } from './paths';
import { choosePorts, type Ports } from './ports';
import { ProcessLog } from './process-log';
import { recordOf, SERVERS, SERVICES, type ServerName } from './names';
import { ensureReplicaSet } from './replica-set';
import { addresses, appSpecs, serverSpecs, type SystemContext } from './specs';

const READY_TIMEOUT_MS = 60_000;
const QUOTED_LINES = 15;

export class SystemStartError extends Error {
  override name = 'SystemStartError';
}

/** @throws SystemStartError when the signal is aborted before the work is done */
const unlessAborted = <T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> => {
  const aborted = new Promise<never>((_resolve, reject) => {
    const abandon = () => reject(new SystemStartError('The start was abandoned.'));
    if (signal?.aborted) abandon();
    signal?.addEventListener('abort', abandon, { once: true });
  });
  return Promise.race([work, aborted]);
};

const waitOrQuote = async (one: ManagedProcess, timeoutMs: number): Promise<void> => {
  try {
    await one.waitReady(timeoutMs);
  } catch (error) {
    const tail = one.log.tail(QUOTED_LINES).map((line) => `\n  ${line}`);
    const where = `Its last lines (all in ${one.log.file}):`;
    throw new SystemStartError(`${(error as Error).message} ${where}${tail.join('')}`, { cause: error });
  }
};

const undo = async (steps: (() => unknown)[]): Promise<void> => {
  for (const step of steps.toReversed()) await step();
};

/** @param usable resolves when what has been started can be used */
const serverHandle = (
  processes: readonly ManagedProcess[],
  usable: () => Promise<void> = () => Promise.resolve(),
): ServerHandle => ({
  get pid() {
    return processes[0]?.pid;
  },
  get restarts() {
    return processes.reduce((sum, { restarts }) => sum + restarts, 0);
  },
  kill: (signal) => processes.forEach((one) => one.kill(signal)),
  stop: async () => void (await Promise.all(processes.map((one) => one.stop()))),
  async start(timeoutMs) {
    for (const one of processes) one.start();
    await Promise.all(processes.map((one) => one.waitReady(timeoutMs)));
    await usable();
  },
});

interface Prepared extends SystemContext {
  options: SystemOptions;
  report: Reporter;
  /** What ends that which has been started so far, in the opposite order. */
  teardown: (() => unknown)[];
  specs: ReturnType<typeof appSpecs> & { servers: ReturnType<typeof serverSpecs> };
}

/** The processes, not yet started, and what ends them: services first, while the servers they need are still there. */
const createProcesses = ({ options, report, data, teardown, specs }: Prepared) => {
  const guardian = new Guardian((pid) => data.guardedBy(pid));
  teardown.push(() => guardian.close());
  const all: ManagedProcess[] = [];
  teardown.push(() => Promise.all(all.map(({ log }) => log.close())));

  const manage = (spec: ProcessSpec, print: boolean): ManagedProcess => {
    const format = lineFormatter(spec.name, all.length, process.stdout);
    const onLine = print && !options.quiet ? (line: string) => report.info(format(line)) : undefined;
    const log = new ProcessLog(data.path('logs'), spec.name, onLine);
    const one = new ManagedProcess(spec, log, guardian, (how, delayMs) =>
      report.warn(`${spec.name} ${how}; restarting it in ${delayMs} ms`),
    );
    all.push(one);
    return one;
  };
  const servers = recordOf(SERVERS, (name) => specs.servers[name].map((spec) => manage(spec, false)));
  const sandbox = specs.sandbox ? [manage(specs.sandbox, true)] : [];
  const services = recordOf(SERVICES, (name) => manage(specs.services[name], true));
  const client = specs.client ? [manage(specs.client, true)] : [];
  for (const group of [Object.values(servers).flat(), sandbox, Object.values(services), client]) {
    teardown.push(() => Promise.all(group.map((one) => one.stop())));
  }
  return { all, servers, services };
};

/** The Service names of the cluster, as they are reached here. */
const gatewayTargets = (ports: Ports, hasClient: boolean): Record<string, string> =>
  Object.fromEntries(
    [...SERVICES, ...(hasClient ? (['client'] as const) : [])].map((name) => [
      `${name}-srv`,
      `http://127.0.0.1:${ports[name]}`,
    ]),
  );

const launch = async (prepared: Prepared): Promise<Omit<SystemHandle, 'stop'>> => {
  const { options, report, bus, data, ports, teardown, specs } = prepared;
  const { all, servers, services } = createProcesses(prepared);
  const gateway = await startGateway({
    port: ports.gateway,
    targets: gatewayTargets(ports, specs.client !== undefined),
  });
  teardown.push(() => gateway.stop());

  const abort = new AbortController();
  teardown.push(() => abort.abort());
  const makeSet = async (): Promise<void> => {
    const { members } = prepared.mongo;
    if (members) await ensureReplicaSet(memberAddresses(ports, members), { signal: abort.signal });
  };

  const held = new Set((options.hold ?? []).flatMap((name) => servers[name]));
  const waitReady = async (timeoutMs = READY_TIMEOUT_MS): Promise<void> => {
    const awaited = all.filter((one) => one.pid !== undefined || !held.has(one));
    await Promise.all(awaited.map((one) => waitOrQuote(one, timeoutMs)));
  };
  for (const one of all) if (!held.has(one)) one.start();
  const setMade = options.hold?.includes('mongo') ? undefined : makeSet();
  // Told by the services, too: they wait for a primary.
  setMade?.catch((error: Error) => abort.signal.aborted || report.warn(error.message));
  if (!options.hold?.length) await unlessAborted(options.signal, Promise.all([setMade, waitReady()]));

  const { sandboxUrl, ...urls } = addresses(prepared);
  return {
    ...urls,
    bus,
    natsUrl: natsUrl(prepared),
    busEnv: (service) => busEnv(prepared, service),
    ports,
    services,
    servers: recordOf(SERVERS, (name: ServerName) =>
      serverHandle(servers[name], name === 'mongo' ? makeSet : undefined),
    ),
    mongoMembers: servers.mongo.map((one) => serverHandle([one])),
    sandboxUrl: specs.sandbox && sandboxUrl,
    logsDir: data.path('logs'),
    logs(name) {
      const one = all.find((candidate) => candidate.name === name);
      if (one) return one.log.text();
      throw new Error(`There is no process ${name}, only ${all.map((other) => other.name).join(', ')}.`);
    },
    waitReady,
  };
};

/**
 * Starts the whole system.
 * @returns its handle, once it is ready
 * @throws AlreadyRunningError, ServersNotFoundError, NoReplicaSetError, ClientBuildError, or SystemStartError with the last lines of the
 * process that failed; what had been started is stopped by then
 */
export const startSystem = async (options: SystemOptions = {}): Promise<SystemHandle> => {
  const report = options.reporter ?? (options.quiet ? silent : createReporter());
  const data = await openDataDir(options.dataDir ?? defaultDataDir(), Boolean(options.fresh), report);
  const { bus = 'nats-streaming' } = options;
  const teardown: Prepared['teardown'] = [() => data.close()];
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= undo(teardown));
  try {
    reportOtherBus(bus, data, report);
    const preparing = Promise.all([
      obtainServers(bus, report),
      options.client ? buildClient(report) : undefined,
    ]);
    const [binaries, clientServer] = await unlessAborted(options.signal, preparing);
    const mongo = await chooseMembers(binaries.mongo, options.mongoMembers, report);
    // Last: a port that is free now may be in use a minute later.
    const ports = await choosePorts(options.port, report, unusedPorts(mongo.members));
    const runId = randomBytes(3).toString('hex');
    const context = { bus, ports, data, mongo };
    const specs = {
      servers: serverSpecs(binaries, context),
      ...appSpecs({ ...context, options, runId, clientServer }),
    };
    const system = await launch({ ...context, options, report, teardown, specs });
    const { url, sandboxUrl } = system;
    const mongoUris = Object.fromEntries(SERVICES.map((name) => [name, system.mongoUri(name)]));
    const redisUrl = system.redisUrl('expiration');
    data.publish({ pid: process.pid, url, sandboxUrl, ports, mongoUris, redisUrl });
    return { ...system, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
