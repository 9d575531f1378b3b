import { logger } from '../../logging/logger';
import { BusRefusedError } from '../session';

/** What is asked of a server. */
export interface DurabilityQuestion {
  /** The id of the server that is connected to. */
  serverId: string;
  /** Monitoring addresses of the servers, as they were configured. */
  monitoring: readonly string[];
  /** How many servers keep each event. */
  replicas: number;
}

interface ServerReport {
  address: string;
  serverId?: string;
  /** Unknown when the server did not answer, or has no JetStream. */
  isSynchronising?: boolean;
  failure?: string;
}

const ANSWER_TIMEOUT_MS = 3_000;

/** Says what the setting is and where it belongs. */
const REMEDY =
  'the server’s configuration needs "jetstream { sync_interval: always }" and "http: 8222" (or another port), ' +
  'and NATS_MONITORING_URL the address of that port, e.g. http://nats-srv:8222';

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
};

const ask = async (base: string): Promise<ServerReport> => {
  const address = `${base.replace(/\/+$/, '')}/varz`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    if (!response.ok) return { address, failure: `the answer is ${response.status}` };
    const varz = (await response.json()) as {
      server_id?: string;
      jetstream?: { config?: { sync_always?: boolean } };
    };
    const config = varz.jetstream?.config;
    return {
      address,
      serverId: varz.server_id,
      // The server leaves the field out where it is false.
      isSynchronising: config && config.sync_always === true,
    };
  } catch (error) {
    return { address, failure: reasonOf(error) };
  }
};

const describe = ({ address, failure, isSynchronising }: ServerReport): string =>
  `${address}: ${failure ?? (isSynchronising === undefined ? 'has no JetStream' : 'is another server')}`;

/**
 * Makes sure that the server writes an event to its disk before it acknowledges it. JetStream does so every two minutes
 * only, unless it runs with `sync_interval: always`; the outbox is cleared on its word, so that a power failure would
 * lose what nobody else has any more.
 *
 * - A server that is seen to run without is refused, however many replicas there are.
 * - With one replica, the server that is connected to must be seen to run with it.
 * - With several, what cannot be seen is logged as a warning.
 *
 * @throws (rejects) BusRefusedError in the first case; an Error, after which it may be tried again, in the second
 */
export const checkDurability = async ({
  serverId,
  monitoring,
  replicas,
}: DurabilityQuestion): Promise<void> => {
  const reports = await Promise.all(monitoring.map(ask));
  const unsafe = reports.find(({ isSynchronising }) => isSynchronising === false);
  if (unsafe) {
    throw new BusRefusedError(
      `NATS_MONITORING_URL: ${unsafe.address} has no jetstream.config.sync_always, so the server acknowledges events ` +
        `before they are on its disk; ${REMEDY}`,
    );
  }
  const shown = reports.filter(({ isSynchronising }) => isSynchronising);
  if (replicas === 1 && shown.some((report) => report.serverId === serverId)) return;
  if (replicas > 1 && reports.length > 0 && shown.length === reports.length) return;
  const unknown = reports.filter((report) => !report.isSynchronising || report.serverId !== serverId);
  const looked = unknown.length > 0 ? unknown.map(describe).join('; ') : 'NATS_MONITORING_URL is not set';
  const problem = `it cannot be seen that events are on disk before they are acknowledged (${looked}); ${REMEDY}`;
  if (replicas === 1) throw new Error(problem);
  logger.warn({ replicas }, problem);
};
