import { z } from 'zod';
import { readableFile } from './readable-file';
import { judgedBy, type ConfigRule } from './rules';

/** The event buses that a service can use: NATS Streaming, or JetStream of a NATS server. */
export const eventBuses = ['nats-streaming', 'jetstream'] as const;
export type EventBus = (typeof eventBuses)[number];

/** The servers, monitoring addresses and so on of a comma-separated variable. */
export const listed = (value: string): string[] => value.split(',').map((entry) => entry.trim());

/** A marketplace that moves between the buses uses both. */
const isMoving = (env: NodeJS.ProcessEnv) => env.NATS_STREAMING_URL !== undefined;
const publishesTo = (bus: EventBus, env: NodeJS.ProcessEnv) => (env.EVENT_BUS ?? 'nats-streaming') === bus;
const usesJetStream = (env: NodeJS.ProcessEnv) => isMoving(env) || publishesTo('jetstream', env);
const usesStreaming = (env: NodeJS.ProcessEnv) => isMoving(env) || publishesTo('nats-streaming', env);
const usesStreamingOnly = (env: NodeJS.ProcessEnv) => !isMoving(env) && publishesTo('nats-streaming', env);

const serverUrl = /^(nats|tls):\/\/[^\s,]+$/;

/** NATS Streaming's client takes one server, and knows neither the credentials nor the TLS of these variables. */
const jetStreamOnly: (name: string, more?: ConfigRule) => ConfigRule = (name, more) => (env) => {
  if (env[name] !== undefined && usesStreamingOnly(env)) return 'is for EVENT_BUS=jetstream only';
  return more?.(env);
};
const together =
  (name: string, other: string): ConfigRule =>
  (env) =>
    usesJetStream(env) && env[name] === undefined && env[other] !== undefined
      ? `is required with ${other}`
      : undefined;
const credentials = ['NATS_USER', 'NATS_NKEY_SEED', 'NATS_CREDS'];
/** The second and third kind are told, so that each problem has one line. */
const onlyCredentials =
  (name: string): ConfigRule =>
  (env) => {
    const before = credentials.slice(0, credentials.indexOf(name)).find((other) => env[other] !== undefined);
    return env[name] !== undefined && before ? `is one way to sign in too many: ${before} is set` : undefined;
  };

const maxAgeProblem = 'must be a number of days, at most 3650; 0 keeps events for ever';

/** Variables of a service that uses the event bus. */
export const natsVariables = {
  EVENT_BUS: z.enum(eventBuses, { error: `must be ${eventBuses.join(' or ')}` }).default('nats-streaming'),
  NATS_URL: judgedBy(
    z
      .string({ error: 'is required: the NATS server, e.g. nats://nats-srv:4222' })
      .refine((value) => listed(value).every((entry) => serverUrl.test(entry)), {
        error: 'must begin with nats:// or tls://; several servers are separated by commas',
      }),
    (env) => {
      const servers = env.NATS_URL ?? '';
      if (usesJetStream(env) && servers.includes('@'))
        return 'must hold no credentials: they are NATS_USER and NATS_PASSWORD';
      if (usesStreamingOnly(env) && /,|^tls:/.test(servers))
        return 'must be one nats:// server for EVENT_BUS=nats-streaming';
      return undefined;
    },
  ),
  NATS_STREAMING_URL: judgedBy(
    z
      .string()
      .regex(/^nats:\/\/[^\s,]+$/, { error: 'must be one nats:// server: NATS Streaming, during a move' })
      .optional(),
    (env) =>
      isMoving(env) && listed(env.NATS_URL ?? '').includes(env.NATS_STREAMING_URL ?? '')
        ? 'must be another server than NATS_URL, which is JetStream’s during a move'
        : undefined,
  ),
  NATS_CLIENT_ID: z
    .string({ error: 'is required: unique per process; in Kubernetes the name of the pod' })
    .regex(/^[\w-]+$/, { error: 'may contain letters, digits, - and _ only' }),
  NATS_CLUSTER_ID: judgedBy(z.string().optional(), (env) =>
    usesStreaming(env) && env.NATS_CLUSTER_ID === undefined
      ? 'is required: the NATS Streaming cluster id, e.g. ticketing'
      : undefined,
  ),
  NATS_USER: judgedBy(
    z.string().optional(),
    jetStreamOnly('NATS_USER', together('NATS_USER', 'NATS_PASSWORD')),
  ),
  NATS_PASSWORD: judgedBy(
    z.string().optional(),
    jetStreamOnly('NATS_PASSWORD', together('NATS_PASSWORD', 'NATS_USER')),
  ),
  NATS_NKEY_SEED: judgedBy(
    z
      .string()
      .regex(/^SU[A-Z2-7]{56}$/, { error: 'must be the seed of a user’s nkey, which begins with SU' })
      .optional(),
    jetStreamOnly('NATS_NKEY_SEED', onlyCredentials('NATS_NKEY_SEED')),
  ),
  NATS_CREDS: judgedBy(
    readableFile('the credentials of a user, as nsc makes them'),
    jetStreamOnly('NATS_CREDS', onlyCredentials('NATS_CREDS')),
  ),
  NATS_TLS_CA: judgedBy(
    readableFile('the certificate of the server’s authority'),
    jetStreamOnly('NATS_TLS_CA'),
  ),
  NATS_TLS_CERT: judgedBy(
    readableFile('this client’s certificate'),
    jetStreamOnly('NATS_TLS_CERT', together('NATS_TLS_CERT', 'NATS_TLS_KEY')),
  ),
  NATS_TLS_KEY: judgedBy(
    readableFile('the key of NATS_TLS_CERT'),
    jetStreamOnly('NATS_TLS_KEY', together('NATS_TLS_KEY', 'NATS_TLS_CERT')),
  ),
  NATS_STREAM_REPLICAS: z.coerce
    .number({ error: 'must be 1, 3 or 5: how many servers keep each event' })
    .refine((count) => [1, 3, 5].includes(count), {
      error: 'must be 1, 3 or 5: how many servers keep each event',
    })
    .default(1),
  NATS_STREAM_MAX_AGE_DAYS: judgedBy(
    z.coerce
      .number({ error: maxAgeProblem })
      .int({ error: maxAgeProblem })
      .min(0, { error: maxAgeProblem })
      .max(3_650, { error: maxAgeProblem })
      .optional(),
    jetStreamOnly('NATS_STREAM_MAX_AGE_DAYS'),
  ),
  NATS_MONITORING_URL: judgedBy(
    z
      .string()
      .refine((value) => listed(value).every((entry) => /^https?:\/\/[^\s,]+$/.test(entry)), {
        error: 'must begin with http:// or https://; several addresses are separated by commas',
      })
      .optional(),
    (env) =>
      usesJetStream(env) && env.NATS_MONITORING_URL === undefined && (env.NATS_STREAM_REPLICAS ?? '1') === '1'
        ? 'is required with one replica: where the NATS server shows that it runs with sync_interval: always, e.g. http://nats-srv:8222'
        : undefined,
  ),
};

/** What is read of these variables; all but the first three are for JetStream or have a default. */
export interface NatsConfig {
  readonly NATS_URL: string;
  readonly NATS_CLIENT_ID: string;
  readonly EVENT_BUS?: EventBus;
  /** While a marketplace moves between the buses, NATS Streaming is here and JetStream at NATS_URL. */
  readonly NATS_STREAMING_URL?: string;
  /** Required for NATS Streaming. */
  readonly NATS_CLUSTER_ID?: string;
  readonly NATS_USER?: string;
  readonly NATS_PASSWORD?: string;
  readonly NATS_NKEY_SEED?: string;
  readonly NATS_CREDS?: string;
  readonly NATS_TLS_CA?: string;
  readonly NATS_TLS_CERT?: string;
  readonly NATS_TLS_KEY?: string;
  readonly NATS_STREAM_REPLICAS?: number;
  readonly NATS_STREAM_MAX_AGE_DAYS?: number;
  readonly NATS_MONITORING_URL?: string;
}
