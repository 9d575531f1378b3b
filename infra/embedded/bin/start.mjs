import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, main, UsageError } from './bootstrap.mjs';

const startedAt = Date.now();

const HELP = `npm start -- [options]

Runs the marketplace on this machine: MongoDB, an event bus, Redis, the five services, the shop and a
gateway in front of them. Ctrl-C stops everything.

  --fresh       start with empty databases: remove the data of earlier runs (.data/)
  --port N      the port of the gateway (default 3000)
  --no-client   without the shop; / lists the API's routes
  --bus NAME    the event bus: nats-streaming (the default) or jetstream
  --mongo-members N
                members of MongoDB's replica set: 1 (the default) or 3; the stand-in has no replica sets
  --help        this text

Data, logs and addresses are under .data/ (TICKETING_DATA_DIR). Programs to use instead of those found:
TICKETING_MONGOD, TICKETING_NATS_STREAMING_SERVER, TICKETING_NATS_SERVER, TICKETING_REDIS_SERVER. What had to
be obtained is kept in ~/.cache/ticketing (TICKETING_CACHE_DIR).`;

const OPTIONS = {
  fresh: { type: 'boolean', default: false },
  port: { type: 'string' },
  bus: { type: 'string', default: 'nats-streaming' },
  'mongo-members': { type: 'string' },
  'no-client': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

const BUSES = ['nats-streaming', 'jetstream'];

const parse = () => {
  try {
    const {
      port,
      'no-client': noClient,
      'mongo-members': members,
      ...flags
    } = parseArgs({ options: OPTIONS }).values;
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
      throw new Error(`--port takes a number from 0 to 65535, not ${JSON.stringify(port)}`);
    }
    if (!BUSES.includes(flags.bus)) {
      throw new Error(`--bus takes ${BUSES.join(' or ')}, not ${JSON.stringify(flags.bus)}`);
    }
    if (members !== undefined && !['1', '3'].includes(members)) {
      throw new Error(`--mongo-members takes 1 or 3, not ${JSON.stringify(members)}`);
    }
    return {
      ...flags,
      mongoMembers: members && Number(members),
      client: !noClient,
      port: port === undefined ? undefined : Number(port),
    };
  } catch (error) {
    const message = `npm start: ${error.message.split('. ')[0]} (npm start -- --help lists the options)`;
    throw Object.assign(new UsageError(message), { exitCode: 2 });
  }
};

await main(async () => {
  const { help, ...options } = parse();
  if (help) return console.log(HELP);
  await ensureInstalled();
  await ensureBuilt();
  const { start } = createRequire(import.meta.url)('../dist/index.js');
  await start({ ...options, startedAt });
});
