import type { RedisOptions } from 'ioredis';

/** Where a Redis is, and who signs in; or where the Sentinels are that know it. */
export type RedisAddress = Pick<
  RedisOptions,
  | 'host'
  | 'port'
  | 'db'
  | 'username'
  | 'password'
  | 'sentinels'
  | 'name'
  | 'sentinelUsername'
  | 'sentinelPassword'
> & { isEncrypted: boolean };

const FORM = /^(rediss?)(-sentinel)?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/;
const PORT = 6_379;
const SENTINEL_PORT = 26_379;
/** The name of the Redis among those that the Sentinels watch, and what the Sentinels themselves want to know. */
const SENTINEL_OPTIONS = ['sentinelMasterId', 'sentinelUsername', 'sentinelPassword'];

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('must have its user and password percent-encoded');
  }
};

const signInOf = (text: string | undefined): Pick<RedisAddress, 'username' | 'password'> => {
  if (text === undefined) return {};
  const colon = text.indexOf(':');
  const password = colon < 0 ? '' : decoded(text.slice(colon + 1));
  if (!password) throw new Error('must have a password with its user: redis://user:password@host');
  // Without a name it is the user `default`.
  return { username: decoded(text.slice(0, colon)) || undefined, password };
};

const serverOf = (text: string, usualPort: number): { host: string; port: number } => {
  const [, host = '', digits] = /^(\[[^\]]+\]|[^:\s[\]]+)(?::(\d+))?$/.exec(text.trim()) ?? [];
  const port = digits === undefined ? usualPort : Number(digits);
  if (!host || port < 1 || port > 65_535)
    throw new Error(`must have a host and perhaps a port where it has "${text}"`);
  return { host: host.replace(/^\[|\]$/g, ''), port };
};

const databaseOf = (text: string | undefined): number => {
  if (!text) return 0;
  if (!/^\d+$/.test(text)) throw new Error('must have the number of a database, or nothing, after the /');
  return Number(text);
};

/**
 * Reads `redis://user:password@host:6379/0` and `redis-sentinel://user:password@host:26379,host:26379/0?sentinelMasterId=name`
 * (`sentinelUsername` and `sentinelPassword` are those of the Sentinels), or the same with `rediss` for TLS.
 *
 * @throws Error whose message says what the URL must have
 */
export const parseRedisUrl = (url: string): RedisAddress => {
  const [, scheme, sentinel, signIn, servers = '', database, query] = FORM.exec(url) ?? [];
  if (!scheme)
    throw new Error('must begin with redis:// or rediss://, or with redis-sentinel:// or rediss-sentinel://');
  const common = { isEncrypted: scheme === 'rediss', ...signInOf(signIn), db: databaseOf(database) };
  const options = new URLSearchParams(query);
  const unknown = [...options.keys()].find((name) => !sentinel || !SENTINEL_OPTIONS.includes(name));
  if (unknown) throw new Error(`must not have the option ${unknown}`);
  if (!sentinel) {
    if (servers.includes(','))
      throw new Error('must have one host; several are Sentinels: redis-sentinel://');
    return { ...common, ...serverOf(servers, PORT) };
  }
  const name = options.get('sentinelMasterId');
  if (!name)
    throw new Error(
      'must have the option sentinelMasterId: which of their Redis the Sentinels are asked for',
    );
  return {
    ...common,
    sentinels: servers.split(',').map((server) => serverOf(server, SENTINEL_PORT)),
    name,
    sentinelUsername: options.get('sentinelUsername') ?? undefined,
    sentinelPassword: options.get('sentinelPassword') ?? undefined,
  };
};
