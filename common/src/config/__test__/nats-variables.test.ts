import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ConfigError, parseConfig } from '../load-config';
import { natsVariables } from '../nats-variables';

const schema = z.object(natsVariables);
const directory = mkdtempSync(path.join(tmpdir(), 'ticketing-config-'));
const file = path.join(directory, 'file.pem');
writeFileSync(file, '');
afterAll(() => rmSync(directory, { recursive: true }));

const streaming = {
  NATS_URL: 'nats://nats-srv:4222',
  NATS_CLUSTER_ID: 'ticketing',
  NATS_CLIENT_ID: 'auth-1',
};
const jetstream = {
  EVENT_BUS: 'jetstream',
  NATS_URL: 'nats://nats-0:4222,nats://nats-1:4222',
  NATS_CLIENT_ID: 'auth-1',
  NATS_MONITORING_URL: 'http://nats-0:8222,http://nats-1:8222',
};
const moving = { ...jetstream, NATS_STREAMING_URL: 'nats://nats-srv:4222', NATS_CLUSTER_ID: 'ticketing' };
const seed = `SU${'A'.repeat(56)}`;

/** The bad variables, in order; each is told once. */
const badIn = (env: NodeJS.ProcessEnv): string[] => {
  try {
    parseConfig(schema, env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problem.split(':')[0]!).sort();
  }
};

describe('the variables of the event bus', () => {
  it('when none is named, then it is NATS Streaming, which needs its cluster id', () => {
    expect(parseConfig(schema, streaming)).toMatchObject({ EVENT_BUS: 'nats-streaming' });
    expect(badIn({ ...streaming, NATS_CLUSTER_ID: '' })).toEqual(['NATS_CLUSTER_ID']);
  });

  it('when it is JetStream, then no cluster id is needed and several servers are', () => {
    expect(parseConfig(schema, jetstream)).toEqual({ ...jetstream, NATS_STREAM_REPLICAS: 1 });
  });

  it('when several are bad, then one message names all of them', () => {
    const env = {
      EVENT_BUS: 'jetstream',
      NATS_URL: 'http://x',
      NATS_USER: 'u',
      NATS_TLS_CA: '/no/such/file',
    };
    expect(badIn({ ...env, NATS_STREAM_REPLICAS: '2' })).toEqual(
      ['NATS_CLIENT_ID', 'NATS_PASSWORD', 'NATS_STREAM_REPLICAS', 'NATS_TLS_CA', 'NATS_URL'].sort(),
    );
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['EVENT_BUS', { ...jetstream, EVENT_BUS: 'kafka' }],
    ['NATS_URL', { ...jetstream, NATS_URL: 'nats://one:4222,two:4222' }],
    ['NATS_URL', { ...jetstream, NATS_URL: 'nats://user:secret@one:4222' }],
    ['NATS_URL', { ...streaming, NATS_URL: 'nats://one:4222,nats://two:4222' }],
    ['NATS_PASSWORD', { ...jetstream, NATS_USER: 'u' }],
    ['NATS_USER', { ...jetstream, NATS_PASSWORD: 'p' }],
    ['NATS_USER', { ...streaming, NATS_USER: 'u' }],
    ['NATS_NKEY_SEED', { ...jetstream, NATS_NKEY_SEED: 'hunter2' }],
    ['NATS_NKEY_SEED', { ...jetstream, NATS_NKEY_SEED: seed, NATS_USER: 'u', NATS_PASSWORD: 'p' }],
    ['NATS_CREDS', { ...jetstream, NATS_CREDS: '/no/such/file' }],
    ['NATS_CREDS', { ...jetstream, NATS_CREDS: file, NATS_NKEY_SEED: seed }],
    ['NATS_TLS_KEY', { ...jetstream, NATS_TLS_CERT: file }],
    ['NATS_TLS_CERT', { ...jetstream, NATS_TLS_KEY: file }],
    ['NATS_TLS_CA', { ...streaming, NATS_TLS_CA: file }],
    ['NATS_MONITORING_URL', { ...jetstream, NATS_MONITORING_URL: '' }],
    ['NATS_MONITORING_URL', { ...jetstream, NATS_MONITORING_URL: 'nats-0:8222' }],
    ['NATS_STREAM_REPLICAS', { ...jetstream, NATS_STREAM_REPLICAS: 'three' }],
    ['NATS_STREAM_MAX_AGE_DAYS', { ...jetstream, NATS_STREAM_MAX_AGE_DAYS: '1.5' }],
    ['NATS_STREAM_MAX_AGE_DAYS', { ...jetstream, NATS_STREAM_MAX_AGE_DAYS: '-1' }],
    ['NATS_STREAM_MAX_AGE_DAYS', { ...streaming, NATS_STREAM_MAX_AGE_DAYS: '7' }],
    ['NATS_STREAMING_URL', { ...moving, NATS_STREAMING_URL: 'nats://one:4222,nats://two:4222' }],
    ['NATS_STREAMING_URL', { ...moving, NATS_STREAMING_URL: 'nats://nats-1:4222' }],
    ['NATS_CLUSTER_ID', { ...moving, NATS_CLUSTER_ID: '' }],
    ['NATS_MONITORING_URL', { ...moving, EVENT_BUS: 'nats-streaming', NATS_MONITORING_URL: '' }],
  ])('when %s is bad in %p, then it is told, alone', (name, env) => {
    expect(badIn(env)).toEqual([name]);
  });

  it.each<NodeJS.ProcessEnv>([
    { NATS_USER: 'u', NATS_PASSWORD: 'p' },
    { NATS_NKEY_SEED: seed },
    { NATS_CREDS: file, NATS_TLS_CA: file, NATS_TLS_CERT: file, NATS_TLS_KEY: file },
    { NATS_STREAM_REPLICAS: '3', NATS_MONITORING_URL: '' },
  ])('when %p is given for JetStream, then it is taken', (more) => {
    expect(badIn({ ...jetstream, ...more })).toEqual([]);
  });

  it.each(['nats-streaming', 'jetstream'])(
    'when a marketplace moves and publishes to %s, then the variables of both buses are taken',
    (bus) => {
      const env = { ...moving, EVENT_BUS: bus, NATS_USER: 'u', NATS_PASSWORD: 'p', NATS_TLS_CA: file };
      expect(badIn(env)).toEqual([]);
    },
  );

  it('when a secret is refused, then the message does not contain it', () => {
    const env = { ...jetstream, NATS_URL: 'nats://user:hunter2@one', NATS_NKEY_SEED: 'hunter2' };
    expect(() => parseConfig(schema, env)).toThrow('NATS_NKEY_SEED');
    expect(() => parseConfig(schema, env)).not.toThrow('hunter2');
  });
});
