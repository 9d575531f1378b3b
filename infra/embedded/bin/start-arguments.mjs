import { parseArgs } from 'node:util';
import { UsageError } from './bootstrap.mjs';

export const HELP = `npm start -- [options]

Runs the marketplace on this machine: MongoDB, NATS Streaming, Redis, the five services, the shop and a
gateway in front of them. Ctrl-C stops everything.

  --fresh       begin anew: remove the data of earlier runs (.data/)
  --port N      the port of the gateway (default 3000)
  --no-client   without the shop; / names the API
  --help        this text

Data, logs and addresses are under .data/ (TICKETING_DATA_DIR). Programs to use instead of those found:
TICKETING_MONGOD, TICKETING_NATS_STREAMING_SERVER, TICKETING_REDIS_SERVER. What had to be obtained is kept
in ~/.cache/ticketing (TICKETING_CACHE_DIR).`;

const complain = (message) => {
  const error = new UsageError(`npm start: ${message} (npm start -- --help lists what there is)`);
  throw Object.assign(error, { exitCode: 2 });
};

const parse = (args) => {
  try {
    return parseArgs({
      args,
      options: {
        fresh: { type: 'boolean', default: false },
        port: { type: 'string' },
        'no-client': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return complain(error.message.split('. ')[0]);
  }
};

export const parseStartArguments = (args) => {
  const { fresh, port, help, 'no-client': noClient } = parse(args);
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    complain(`--port takes a number from 0 to 65535, not ${JSON.stringify(port)}`);
  }
  return { fresh, help, client: !noClient, port: port === undefined ? undefined : Number(port) };
};
