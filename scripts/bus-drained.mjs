// npm run bus:drained -- --monitoring http://localhost:8222 [--cluster ticketing] [--quiet 5]
// Tells whether a NATS Streaming server is empty: whether every durable group has been sent and has acknowledged every
// message, and nothing new arrives. Exits with 0 if so, with 1 and a list if not, with 2 if it cannot tell.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const USAGE =
  'Usage: npm run bus:drained -- --monitoring http://localhost:8222 [--cluster ID] [--quiet SECONDS]';
const TIMEOUT_MS = 5_000;
/** Channels in one answer of the server. */
const PAGE = 100;

/** It cannot be told whether the bus is empty. */
class CannotTell extends Error {}

const get = async (base, what) => {
  const address = `${base.replace(/\/+$/, '')}/streaming/${what}`;
  let response;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new CannotTell(`${address}: ${error.cause?.code ?? error.cause?.message ?? error.message}`);
  }
  if (!response.ok)
    throw new CannotTell(
      `${address}: the answer is ${response.status}; is this the monitoring port of NATS Streaming?`,
    );
  return response.json().catch(() => {
    throw new CannotTell(`${address}: the answer is not JSON`);
  });
};

/** A follower or a standby does not know how far the groups are. */
const checkServer = async (base, cluster) => {
  const { cluster_id: id, state, role } = await get(base, 'serverz');
  if (cluster !== undefined && id !== cluster)
    throw new CannotTell(`the server's cluster is ${id}, not ${cluster}`);
  if (state === 'FT_STANDBY' || (state === 'CLUSTERED' && role !== 'Leader'))
    throw new CannotTell(`the server is ${role ?? state}; ask the one that is active`);
};

const readChannels = async (base) => {
  const channels = [];
  for (;;) {
    const page = await get(base, `channelsz?subs=1&limit=${PAGE}&offset=${channels.length}`);
    if (!Array.isArray(page.channels ?? []) || typeof page.total !== 'number')
      throw new CannotTell('the answer to channelsz is not what NATS Streaming 0.25 says');
    channels.push(...(page.channels ?? []));
    if (channels.length >= page.total || page.count === 0) return channels;
  }
};

/** The durable groups of a channel: their members share a position, and each has what it has not acknowledged. */
const groupsOf = ({ subscriptions }) => {
  const groups = new Map();
  for (const one of subscriptions ?? []) {
    if (!one.is_durable && !one.queue_name) continue;
    // A durable queue group is "durable:group".
    const name = one.queue_name?.split(':').at(-1) ?? one.durable_name;
    const before = groups.get(name) ?? { sent: 0, unacknowledged: 0, isOnline: false };
    groups.set(name, {
      sent: Math.max(before.sent, one.last_sent),
      unacknowledged: before.unacknowledged + one.pending_count,
      isOnline: before.isOnline || !one.is_offline,
    });
  }
  return groups;
};

/** What is left in a channel, a line for each group. */
const leftIn = (channel) =>
  [...groupsOf(channel)].flatMap(([group, { sent, unacknowledged, isOnline }]) => {
    const unsent = channel.last_seq - sent;
    if (unsent <= 0 && unacknowledged === 0) return [];
    const offline = isOnline ? '' : '; none of its members is connected';
    return [
      `${channel.name}: ${group} has ${unsent} messages to come and ${unacknowledged} unacknowledged${offline}`,
    ];
  });

const look = async (base) => {
  const channels = await readChannels(base);
  return {
    left: channels.flatMap(leftIn),
    last: new Map(channels.map(({ name, last_seq }) => [name, last_seq])),
    unheard: channels
      .filter((channel) => channel.last_seq > 0 && groupsOf(channel).size === 0)
      .map(({ name }) => name),
  };
};

const arrivedBetween = (before, after) =>
  [...after.last]
    .map(([name, last]) => [name, last - (before.last.get(name) ?? 0)])
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name}: ${count} new messages; somebody still publishes`);

/** Looks twice, `quietMs` apart. @returns what is left, nothing of which means that the bus is empty */
export const drained = async (base, { cluster, quietMs }) => {
  await checkServer(base, cluster);
  const before = await look(base);
  if (before.left.length > 0) return before;
  await sleep(quietMs);
  await checkServer(base, cluster);
  const after = await look(base);
  return { ...after, left: [...after.left, ...arrivedBetween(before, after)] };
};

const options = {
  monitoring: { type: 'string' },
  cluster: { type: 'string' },
  quiet: { type: 'string', default: '5' },
};

const readArguments = () => {
  try {
    const { monitoring, cluster, quiet } = parseArgs({ options }).values;
    const quietMs = Number(quiet) * 1000;
    if (/^https?:\/\//.test(monitoring ?? '') && quietMs >= 0) return { monitoring, cluster, quietMs };
  } catch {
    // As for a bad value.
  }
  throw new CannotTell(USAGE);
};

const main = async () => {
  try {
    const { monitoring, ...rest } = readArguments();
    const { left, last, unheard } = await drained(monitoring, rest);
    for (const line of left) console.log(line);
    if (unheard.length > 0) console.log(`No group listens to ${unheard.join(', ')}.`);
    console.log(
      left.length > 0
        ? 'NATS Streaming is not empty yet.'
        : `NATS Streaming is empty: all messages of ${last.size} channels are acknowledged, and no more arrive.`,
    );
    return left.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CannotTell)) throw error;
    console.error(error.message);
    return 2;
  }
};

if (path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = await main();
