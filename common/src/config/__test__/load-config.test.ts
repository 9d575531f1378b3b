import { z } from 'zod';
import { ConfigError, loadConfig, parseConfig } from '../load-config';
import { mongoVariables, natsVariables, processVariables, sessionVariables } from '../variables';

const schema = z.object({ ...processVariables, ...natsVariables, ...mongoVariables, ...sessionVariables });

const complete = {
  JWT_KEY: 'secret',
  MONGO_URI: 'mongodb://auth-mongo-srv:27017/auth',
  NATS_URL: 'nats://nats-srv:4222',
  NATS_CLUSTER_ID: 'ticketing',
  NATS_CLIENT_ID: 'auth-1',
};

const problemsOf = (env: NodeJS.ProcessEnv): string[] => {
  try {
    parseConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('parseConfig', () => {
  it('when everything required is there, then the rest has its defaults', () => {
    const bus = { EVENT_BUS: 'nats-streaming', NATS_STREAM_REPLICAS: 1 };
    const defaults = { PORT: 3000, LOG_LEVEL: 'info', SESSION_COOKIE_SECURE: false, ...bus };
    expect(parseConfig(schema, complete)).toEqual({ ...complete, ...defaults });
  });

  it('when the environment has more variables than the schema, then they are left out', () => {
    expect(parseConfig(schema, { ...complete, PATH: '/bin' })).not.toHaveProperty('PATH');
  });

  it('when the configuration is read, then it cannot be changed', () => {
    const config = parseConfig(schema, complete);
    expect(Object.isFrozen(config)).toBe(true);
    expect(() => Object.assign(config, { JWT_KEY: 'other' })).toThrow(TypeError);
  });

  it('when several variables are bad, then one message names all of them', () => {
    const env = { PORT: 'http', LOG_LEVEL: 'loud', MONGO_URI: 'localhost', NATS_CLIENT_ID: 'a b' };
    const problems = problemsOf(env);
    const names = problems.map((problem) => problem.split(':')[0]);
    expect(names.sort()).toEqual(
      ['PORT', 'LOG_LEVEL', 'MONGO_URI', 'NATS_CLIENT_ID', 'NATS_URL', 'NATS_CLUSTER_ID', 'JWT_KEY'].sort(),
    );
    const { message } = new ConfigError(problems);
    for (const problem of problems) expect(message).toContain(problem);
  });

  it.each(Object.keys(complete))('when %s is missing, then it has no default', (name) => {
    expect(problemsOf({ ...complete, [name]: undefined })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: is required`)),
    ]);
  });

  it.each(Object.keys(complete))('when %s is empty, then it counts as missing', (name) => {
    expect(problemsOf({ ...complete, [name]: '' })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: is required`)),
    ]);
  });

  it('when a variable with a default is empty, then the default holds', () => {
    expect(parseConfig(schema, { ...complete, PORT: '' }).PORT).toBe(3000);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['NATS_URL', 'http://nats-srv:4222'],
    ['MONGO_URI', 'http://auth-mongo-srv'],
    ['NATS_CLIENT_ID', 'auth.1'],
    ['LOG_LEVEL', 'verbose'],
  ])('when %s is %s, then it is refused', (name, value) => {
    expect(problemsOf({ ...complete, [name]: value })).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it('when a secret is refused, then the message does not contain it', () => {
    const withSecret = z.object({ KEY: z.string().regex(/^sk_/, { error: 'must begin with sk_' }) });
    const parse = () => parseConfig(withSecret, { KEY: 'hunter2' });
    expect(parse).toThrow('KEY: must begin with sk_');
    expect(parse).not.toThrow('hunter2');
  });
});

describe('loadConfig', () => {
  afterEach(() => void delete process.env.EXAMPLE_KEY);
  const example = z.object({
    EXAMPLE_KEY: z.string({ error: 'is required' }),
    EXAMPLE_SIZE: z.coerce.number().default(5),
  });

  const names = Object.keys(complete);
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  beforeEach(() => names.forEach((name) => delete process.env[name]));
  afterAll(() => Object.assign(process.env, before));

  it('when the environment is invalid, then the first read fails and names every variable, not the call', () => {
    const config = loadConfig(schema);
    expect(() => config.PORT).toThrow(ConfigError);
    expect(() => config.PORT).toThrow('JWT_KEY: is required');
  });

  it('when a value is read, then all are parsed, once', () => {
    const config = loadConfig(example);
    process.env.EXAMPLE_KEY = 'first';
    expect(config.EXAMPLE_KEY).toBe('first');
    process.env.EXAMPLE_KEY = 'second';
    expect({ ...config }).toEqual({ EXAMPLE_KEY: 'first', EXAMPLE_SIZE: 5 });
  });

  it('when it is asked whether a variable belongs to it, then nothing is parsed', () => {
    const config = loadConfig(example);
    expect('EXAMPLE_KEY' in config).toBe(true);
    expect('JWT_KEY' in config).toBe(false);
  });
});
