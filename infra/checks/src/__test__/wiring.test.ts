import { development, environments, managedProduction, production } from '../environments';
import { configMapsIn, networkPoliciesIn, servicesIn, type Resource } from '../resources';
import { addressProblems, addressesIn, openConnections, selectorProblems } from '../wiring';

const withDatabase = ['auth', 'tickets', 'orders', 'payments'];

const diagram = [
  ...withDatabase.flatMap((service) => [
    `client → ${service}:3000`,
    `${service} → ${service}-mongo:27017`,
    `${service} → nats:4222`,
  ]),
  'expiration → expiration-redis:6379',
  'expiration → nats:4222',
];

/** The development manifests with one of them changed. */
const changed = <R extends Resource>(
  pick: (all: Resource[]) => R[],
  change: (resource: R) => void,
): Resource[] => {
  const resources = development();
  change(pick(resources)[0]!);
  return resources;
};

describe.each(environments)('when %s is deployed', (_, resources) => {
  it('then selectors match the labels of pods, and ports their containers', () => {
    expect(selectorProblems(resources())).toEqual([]);
  });

  it('then every configured address and every route is answered by a Service', () => {
    expect(addressProblems(resources())).toEqual([]);
  });
});

describe('when the network is closed but for the openings', () => {
  it('then development has the connections of the diagram and no other', () => {
    expect(openConnections(development())).toEqual([...diagram, 'payments → stripe-sandbox:3000'].sort());
  });

  it('then production has no way to a sandbox', () => {
    expect(openConnections(production())).toEqual([...diagram].sort());
  });

  it('then with managed databases the bus and the services remain', () => {
    expect(openConnections(managedProduction())).toEqual(
      diagram.filter((connection) => !/mongo|redis/.test(connection)).sort(),
    );
  });

  it('then a forgotten denial is seen', () => {
    const open = development().filter(({ metadata }) => metadata.name !== 'deny-all');
    expect(openConnections(open).length).toBeGreaterThan(diagram.length + 1);
  });

  it('then an opening too many is seen', () => {
    const resources = changed(networkPoliciesIn, ({ spec }) => {
      spec.ingress = [{}];
      spec.egress = [{}];
    });
    expect(openConnections(resources)).toContain('orders → auth:3000');
  });
});

describe('when the manifests contradict each other', () => {
  it('then a selector without pods is named', () => {
    const resources = changed(servicesIn, ({ spec }) => {
      spec.selector = { app: 'nobody' };
    });
    expect(selectorProblems(resources)).toEqual([expect.stringMatching(/selects 0 workloads/)]);
  });

  it('then a port that nobody listens on is named', () => {
    const resources = changed(servicesIn, ({ spec }) => {
      spec.ports[0]!.targetPort = 8080;
    });
    expect(selectorProblems(resources)).toEqual([expect.stringMatching(/port 8080/)]);
  });

  it('then an address that no Service answers is named', () => {
    const resources = changed(configMapsIn, ({ data }) => {
      data.AUTH_MONGO_URI = 'mongodb://auth-mongo:27017/auth';
      data.REDIS_URL = 'redis://expiration-redis-srv:6380';
    });
    expect(addressProblems(resources)).toEqual([
      expect.stringContaining('AUTH_MONGO_URI leads to auth-mongo:27017'),
      expect.stringContaining('REDIS_URL leads to expiration-redis-srv:6380'),
    ]);
  });

  it('then the addresses of the configuration are found at all', () => {
    expect(configMapsIn(development()).flatMap(({ data }) => addressesIn(data))).toHaveLength(11);
  });
});
