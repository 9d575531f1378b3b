import { environments } from '../environments';
import { ofKind, type Resource } from '../resources';
import { addressesIn, addressProblems, openConnections, selectorProblems } from '../wiring';

const diagram = [
  ...['auth', 'tickets', 'orders', 'payments'].flatMap((service) => [
    `client → ${service}:3000`,
    `${service} → ${service}-mongo:27017`,
    `${service} → nats:4222`,
  ]),
  'expiration → expiration-redis:6379',
  'expiration → nats:4222',
].sort();

describe.each(Object.entries(environments))('when %s is deployed', (environment, resources) => {
  it('then selectors match the labels of pods, and ports their containers', () => {
    expect(selectorProblems(resources())).toEqual([]);
  });

  it('then every configured address and every route leads to a Service', () => {
    expect(addressProblems(resources())).toEqual([]);
  });

  it('then the network admits the connections of the diagram and no other', () => {
    const expected: Record<string, string[]> = {
      development: [...diagram, 'payments → stripe-sandbox:3000'].sort(),
      production: diagram,
      'production with managed databases': diagram.filter((arrow) => !/mongo|redis/.test(arrow)),
    };
    expect(openConnections(resources())).toEqual(expected[environment]);
  });
});

describe('when the manifests contradict each other', () => {
  let resources: Resource[];
  beforeEach(() => {
    resources = environments.development();
  });

  it('then a missing denial is found', () => {
    const open = resources.filter(({ metadata }) => metadata.name !== 'deny-all');
    expect(openConnections(open).length).toBeGreaterThan(diagram.length + 1);
  });

  it('then a superfluous opening is found', () => {
    const [policy] = ofKind(resources, 'NetworkPolicy');
    Object.assign(policy?.spec ?? {}, { ingress: [{}], egress: [{}] });
    expect(openConnections(resources)).toContain('orders → auth:3000');
  });

  it('then a selector without pods is named', () => {
    const [service] = ofKind(resources, 'Service');
    Object.assign(service?.spec ?? {}, { selector: { app: 'unknown' } });
    expect(selectorProblems(resources)).toEqual([expect.stringMatching(/selects 0 workloads/)]);
  });

  it('then a port that no container listens on is named', () => {
    const [service] = ofKind(resources, 'Service');
    Object.assign(service?.spec.ports[0] ?? {}, { targetPort: 8080 });
    expect(selectorProblems(resources)).toEqual([expect.stringMatching(/port 8080/)]);
  });

  it('then an address without a Service is named', () => {
    expect(addressesIn(resources)).toHaveLength(11);
    const [config] = ofKind(resources, 'ConfigMap');
    const AUTH_MONGO_URI = 'mongodb://auth-mongo:27017/auth';
    Object.assign(config?.data ?? {}, { AUTH_MONGO_URI, REDIS_URL: 'redis://expiration-redis-srv:6380' });
    expect(addressProblems(resources)).toEqual([
      expect.stringContaining('AUTH_MONGO_URI leads to auth-mongo:27017'),
      expect.stringContaining('REDIS_URL leads to expiration-redis-srv:6380'),
    ]);
  });
});
