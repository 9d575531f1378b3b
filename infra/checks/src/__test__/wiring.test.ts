import { environments } from '../environments';
import {
  containersOf,
  labelsOf,
  namesOf,
  ofKind,
  selects,
  servedIn,
  workloadsIn,
  type Resource,
} from '../resources';
import { addressesIn, openConnections } from '../wiring';

const diagram = [
  ...['auth', 'tickets', 'orders', 'payments'].flatMap((service) => [
    `client → ${service}:3000`,
    `${service} → ${service}-mongo:27017`,
    `${service} → nats:4222`,
  ]),
  'auth → expiration-redis:6379',
  'expiration → expiration-redis:6379',
  'expiration → nats:4222',
].sort();

/** What takes the place of Stripe, with its webhooks; the shop lets its buyers through to the bank's page. */
const sandbox = [
  'client → stripe-sandbox:3000',
  'payments → stripe-sandbox:3000',
  'stripe-sandbox → payments:3000',
];

/** Members of one bus and of one database speak to each other, and services look at the members of the bus. */
const replicated = [
  ...diagram,
  'nats → nats:6222',
  ...['auth', 'tickets', 'orders', 'payments', 'expiration'].map((service) => `${service} → nats:8222`),
  ...['auth', 'tickets', 'orders', 'payments'].map((name) => `${name}-mongo → ${name}-mongo:27017`),
].sort();

describe.each(Object.entries(environments))('when %s is deployed', (environment, read) => {
  const resources = read();
  const workloads = workloadsIn(resources);
  const services = ofKind(resources, 'Service');

  it('then every workload selects its own pods', () => {
    for (const workload of workloads)
      expect(labelsOf(workload)).toMatchObject(workload.spec.selector.matchLabels);
  });

  it('then every StatefulSet has its Service', () => {
    const governing = ofKind(resources, 'StatefulSet').map(({ spec }) => spec.serviceName);
    expect(namesOf(services)).toEqual(expect.arrayContaining(governing));
  });

  it.each(services)(
    'then $metadata.name selects one workload, and sends to ports that it has',
    ({ spec }) => {
      const selected = workloads.filter((one) => selects({ matchLabels: spec.selector }, labelsOf(one)));
      expect(namesOf(selected)).toHaveLength(1);
      const ports = selected.flatMap(containersOf).flatMap((container) => container.ports);
      const targets = spec.ports.map(({ targetPort }) => targetPort);
      expect(ports.flatMap(({ name, containerPort }) => [name, containerPort])).toEqual(
        expect.arrayContaining(targets),
      );
    },
  );

  it('then every configured address and every route leads to a Service', () => {
    const addresses = addressesIn(resources);
    expect(addresses.length).toBeGreaterThanOrEqual(10);
    expect(servedIn(resources)).toEqual(expect.arrayContaining(addresses));
  });

  it('then the network admits the connections of the diagram and no other', () => {
    const expected: Record<string, string[]> = {
      development: [...diagram, ...sandbox].sort(),
      production: diagram,
      'production with managed databases': diagram.filter((arrow) => !/mongo|redis/.test(arrow)),
      'high availability on one machine': [
        ...replicated.filter((arrow) => !/mongo → .*mongo/.test(arrow)),
        ...sandbox,
      ].sort(),
      'high availability': replicated,
      'high availability with KEDA and cert-manager': replicated,
    };
    expect(openConnections(resources)).toEqual(expected[environment]);
  });
});

describe('when a network policy is wrong', () => {
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
});
