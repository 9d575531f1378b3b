import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { natsServer, natsStreaming, type Reporter, type ServerBinary } from '@ticketing/servers';
import type { DataDir } from './data-dir';
import type { ProcessSpec } from './managed-process';
import type { Env, EventBus, ServiceName } from './names';
import { LOOPBACK, repoRoot } from './paths';
import type { Ports } from './ports';
import { answersOk } from './probes';

const CLUSTER_ID = 'ticketing';

type Wanted = typeof natsServer;

/** What an event bus of this machine is made of. */
interface BusPrograms {
  server: Wanted;
  /** Its directory in the data directory: one server cannot read the events of the other. */
  directory: string;
}

const PROGRAMS: Record<EventBus, BusPrograms> = {
  'nats-streaming': { server: natsStreaming, directory: 'nats' },
  jetstream: { server: natsServer, directory: 'jetstream' },
};

/** The server that runs an event bus. */
export const busServer = (bus: EventBus): Wanted => PROGRAMS[bus].server;

export interface BusContext {
  bus: EventBus;
  ports: Ports;
  data: DataDir;
}

/** Generated from the services' publishers and listeners; the members on Kubernetes read the same file. */
const users = (): string => readFileSync(path.join(repoRoot, 'infra/k8s-ha/bus/nats/users.conf'), 'utf8');

/** NATS Streaming's clients speak to its server over subjects that all of them use, so that they share one user. */
const STREAMING_USER = 'ticketing';

/** The variables in which a server finds its users' passwords. */
const passwordsOf = (text: string, data: DataDir): Env =>
  Object.fromEntries(
    [...text.matchAll(/\$([A-Z]+)_PASSWORD/g)].map(([variable, user = '']) => [
      variable.slice(1),
      data.natsPassword(user.toLowerCase()),
    ]),
  );

const listen = ({ nats, natsMonitor }: Ports): string =>
  `listen: "${LOOPBACK}:${nats}"\nhttp: "${LOOPBACK}:${natsMonitor}"\n`;

const streamingConfig = (store: string): string => `
authorization { user: ${STREAMING_USER}, password: $${STREAMING_USER.toUpperCase()}_PASSWORD }
streaming {
  cluster_id: ${CLUSTER_ID}
  store: file
  dir: ${JSON.stringify(store)}
  # By its heartbeats, it notices within seconds that a client died, and its messages go to the one that replaces it.
  hb_interval: "1s"
  hb_timeout: "1s"
  hb_fail_count: 2
}
`;

const jetStreamConfig = (store: string): string => `
jetstream {
  store_dir: ${JSON.stringify(store)}
  # The outboxes are cleared on the word of the server: it gives it when the event is on the disk.
  sync_interval: always
}
${users()}`;

/** The server's process. Its configuration is written anew at each start; the passwords are in its environment. */
export const busSpec = (binary: ServerBinary, { bus, ports, data }: BusContext): ProcessSpec => {
  const { directory } = PROGRAMS[bus];
  const isJetStream = bus === 'jetstream';
  mkdirSync(data.path(directory), { recursive: true });
  const config = listen(ports) + (isJetStream ? jetStreamConfig : streamingConfig)(data.path(directory));
  const file = data.path('nats.conf');
  writeFileSync(file, config);
  const probe = isJetStream ? 'healthz' : 'streaming/serverz';
  return {
    name: 'nats',
    command: binary.file,
    args: ['-c', file],
    env: { ...process.env, ...passwordsOf(config, data) },
    ready: () => answersOk(`http://${LOOPBACK}:${ports.natsMonitor}/${probe}`),
  };
};

/** The address of the bus; NATS Streaming's holds what its clients sign in with. */
export const natsUrl = ({ bus, ports, data }: BusContext): string => {
  const signIn = bus === 'jetstream' ? '' : `${STREAMING_USER}:${data.natsPassword(STREAMING_USER)}@`;
  return `nats://${signIn}${LOOPBACK}:${ports.nats}`;
};

/** The variables with which a service reaches the bus. What the environment says of another bus is removed. */
export const busEnv = (context: BusContext, service: ServiceName): Env => {
  const { bus, ports, data } = context;
  const isJetStream = bus === 'jetstream';
  const common = { EVENT_BUS: bus, NATS_URL: natsUrl(context), NATS_STREAM_REPLICAS: undefined };
  const unused = ['NATS_NKEY_SEED', 'NATS_CREDS', 'NATS_TLS_CA', 'NATS_TLS_CERT', 'NATS_TLS_KEY'];
  return {
    ...Object.fromEntries(unused.map((name) => [name, undefined])),
    ...common,
    NATS_CLUSTER_ID: isJetStream ? undefined : CLUSTER_ID,
    ...(isJetStream ? {} : { NATS_STREAM_MAX_AGE_DAYS: undefined }),
    NATS_MONITORING_URL: isJetStream ? `http://${LOOPBACK}:${ports.natsMonitor}` : undefined,
    NATS_USER: isJetStream ? service : undefined,
    NATS_PASSWORD: isJetStream ? data.natsPassword(service) : undefined,
  };
};

/** Events that the other bus had accepted and no service had taken stay there. To be called before a bus has data here. */
export const reportOtherBus = (bus: EventBus, data: DataDir, report: Reporter): void => {
  const hasData = (one: EventBus) => existsSync(data.path(PROGRAMS[one].directory));
  const other: EventBus = bus === 'jetstream' ? 'nats-streaming' : 'jetstream';
  if (hasData(bus) || !hasData(other)) return;
  report.warn(
    `Earlier runs used ${busServer(other).title}: what no service had received by their end stays there (--bus ${other})`,
  );
};
