import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { ServerBinary } from '@ticketing/servers';
import type { DataDir } from './data-dir';
import type { ProcessSpec } from './managed-process';
import { LOOPBACK } from './paths';
import type { Ports } from './ports';
import { answersOn } from './probes';

/** The services that use Redis, each as a user of its own, with the keys and channels that it may use. */
const USERS = {
  expiration: '~bull:* ~dead-letters &*',
  auth: '~auth:limit:*',
};
export type RedisUser = keyof typeof USERS;

export const isRedisUser = (name: string): name is RedisUser => name in USERS;

const userOf = (name: string, reach: string, password: string): string => {
  const hash = createHash('sha256').update(password).digest('hex');
  return `user ${name} on #${hash} ${reach} +@all -@admin -@dangerous +info +client|setname`;
};

/** Whoever has no password learns whether Redis answers, and nothing else. */
const accessList = (data: DataDir): string =>
  [
    'user default on nopass -@all +ping',
    ...Object.entries(USERS).map(([name, reach]) => userOf(name, reach, data.redisPassword(name))),
    '',
  ].join('\n');

/** The address of Redis, with what a service signs in with. */
export const redisUrl = (ports: Ports, data: DataDir, user: RedisUser): string =>
  `redis://${user}:${data.redisPassword(user)}@${LOOPBACK}:${ports.redis}`;

/** The server's process. Its users are written anew at each start; the file has the hashes of their passwords. */
export const redisSpec = (binary: ServerBinary, ports: Ports, data: DataDir): ProcessSpec => {
  const store = data.path('redis');
  mkdirSync(store, { recursive: true });
  const users = data.path('redis.acl');
  writeFileSync(users, accessList(data), { mode: 0o600 });
  return {
    name: 'redis',
    command: binary.file,
    args: [
      ...`--port ${ports.redis} --bind ${LOOPBACK} --appendonly yes`.split(' '),
      ...['--save', '', '--dir', store, '--aclfile', users],
    ],
    env: process.env,
    ready: () => answersOn(ports.redis, 'PING\r\n', '+PONG'),
  };
};
