import { readFileSync } from 'node:fs';
import { jetstreamManager } from '@nats-io/jetstream';
import { credsAuthenticator, nkeyAuthenticator, type ConnectionOptions } from '@nats-io/transport-node';
import { listed, type NatsConfig } from '../../config/nats-variables';
import type { Bus } from '../session';
import { Assets } from './assets';
import { connectUnless } from './connect';
import { checkDurability } from './durability';
import { JetStreamSession } from './session';

/** Between pings of the server, in milliseconds. */
const PING_MS = 2_000;
/** Pings without an answer before the connection counts as lost. */
const PINGS_OUT = 3;
const CONNECT_TIMEOUT_MS = 3_000;
/** Milliseconds until the server has answered a question about streams or consumers. */
const API_TIMEOUT_MS = 5_000;

/** Twice as long as a service may be away unnoticed over holidays. */
const MAX_AGE_DAYS = 14;

/** Files are read at each attempt: credentials and certificates are renewed while a process runs. */
const connectionOptions = (config: NatsConfig): ConnectionOptions => {
  const { NATS_USER, NATS_PASSWORD, NATS_NKEY_SEED, NATS_CREDS } = config;
  const { NATS_TLS_CA, NATS_TLS_CERT, NATS_TLS_KEY } = config;
  const servers = listed(config.NATS_URL);
  const isEncrypted = NATS_TLS_CA ?? NATS_TLS_CERT ?? servers.some((server) => server.startsWith('tls:'));
  return {
    servers,
    name: config.NATS_CLIENT_ID,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_MS,
    maxPingOut: PINGS_OUT,
    reconnect: false,
    noAsyncTraces: true,
    // Answers come to subjects of the user's own, which a server can keep from the other users of the account.
    ...(NATS_USER ? { user: NATS_USER, pass: NATS_PASSWORD, inboxPrefix: `_INBOX_${NATS_USER}` } : {}),
    ...(NATS_NKEY_SEED ? { authenticator: nkeyAuthenticator(new TextEncoder().encode(NATS_NKEY_SEED)) } : {}),
    ...(NATS_CREDS ? { authenticator: credsAuthenticator(readFileSync(NATS_CREDS)) } : {}),
    ...(isEncrypted ? { tls: { caFile: NATS_TLS_CA, certFile: NATS_TLS_CERT, keyFile: NATS_TLS_KEY } } : {}),
  };
};

/** JetStream as an event bus. */
export const jetStream = (config: NatsConfig): Bus => {
  const replicas = config.NATS_STREAM_REPLICAS ?? 1;
  const choice = { replicas, maxAgeDays: config.NATS_STREAM_MAX_AGE_DAYS ?? MAX_AGE_DAYS };
  const monitoring = config.NATS_MONITORING_URL ? listed(config.NATS_MONITORING_URL) : [];
  const seen = new Set<string>();

  return {
    name: 'JetStream',
    about: { clientId: config.NATS_CLIENT_ID },
    async open(_onReconnected, signal) {
      const cancelled = new Promise<never>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('cancelled')), { once: true }),
      );
      cancelled.catch(() => undefined);
      const connection = await connectUnless(cancelled, connectionOptions(config));
      const prepare = async () => {
        const serverId = connection.info?.server_id ?? '';
        await checkDurability({ serverId, monitoring, replicas });
        const manager = await jetstreamManager(connection, { checkAPI: false, timeout: API_TIMEOUT_MS });
        const assets = new Assets(manager, choice, seen);
        await assets.ensureStream();
        return assets;
      };
      try {
        return new JetStreamSession(connection, await Promise.race([prepare(), cancelled]));
      } catch (error) {
        await connection.close();
        throw error;
      }
    },
  };
};
