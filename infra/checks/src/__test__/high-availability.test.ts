import { environments } from '../environments';
import { flowsByService } from '../flows';
import { environmentOf, secretFilesOf, type Values } from '../pod-environment';
import { sessionSecrets } from '../session-keys';
import { containersOf, labelsOf, namesOf, ofKind, selects, workloadsIn } from '../resources';

const resources = environments['high availability']();
const databases = ofKind(resources, 'PerconaServerMongoDB');
const flows = flowsByService();
const withDatabase = ['auth', 'tickets', 'orders', 'payments'];

describe.each(withDatabase)('when %s is highly available', (service) => {
  const database = databases.find(({ metadata }) => metadata.name === `${service}-mongo`);
  const secrets: Values = {
    ...sessionSecrets.production,
    'stripe-secret': { STRIPE_KEY: 'sk', STRIPE_PUBLISHABLE_KEY: 'pk', STRIPE_WEBHOOK_SECRET: 'whsec' },
    'nats-users': { [service]: 'of-the-bus' },
    [`${service}-mongo-custom-user-secret`]: { [service]: 'of-the-database' },
  };
  const env = environmentOf(resources, service, secrets);
  const uri = env.MONGO_URI ?? '';

  it('then its database has three members, on different nodes', () => {
    expect(database?.spec.replsets).toEqual([
      expect.objectContaining({
        name: 'rs0',
        size: 3,
        labels: { app: `${service}-mongo` },
        affinity: { antiAffinityTopologyKey: 'kubernetes.io/hostname' },
        podDisruptionBudget: { maxUnavailable: 1 },
      }),
    ]);
  });

  it('then it signs in with the user that the operator makes, who has its database alone', () => {
    expect(uri).toContain(`mongodb://${service}:of-the-database@`);
    expect(database?.spec.users).toEqual([
      { name: service, db: 'admin', roles: [{ name: 'readWrite', db: service }] },
    ]);
  });

  it('then it names all members, and reads and writes what a majority has', () => {
    const {
      hosts,
      database: name,
      options,
    } = /@(?<hosts>[^/]+)\/(?<database>\w+)\?(?<options>.*)$/.exec(uri)?.groups ?? {};
    const set = `${service}-mongo-rs0`;
    expect(hosts?.split(',')).toEqual([0, 1, 2].map((at) => `${set}-${at}.${set}:27017`));
    expect(name).toBe(service);
    expect(Object.fromEntries(new URLSearchParams(options))).toEqual({
      replicaSet: 'rs0',
      authSource: 'admin',
      tls: 'true',
      tlsCAFile: '/etc/mongo-tls/ca.crt',
      w: 'majority',
      readConcernLevel: 'majority',
      maxPoolSize: expect.stringMatching(/^[1-9]\d$/) as unknown,
    });
  });

  it('then the certificate that it trusts is of this database, and it has no key', () => {
    expect(database?.spec.tls.mode).toBe('requireTLS');
    expect(secretFilesOf(resources, service)).toEqual({
      '/etc/mongo-tls/ca.crt': `${service}-mongo-ssl`,
      '/etc/nats-tls/ca.crt': 'nats-tls',
    });
  });
});

describe('when databases are of one operator', () => {
  it('then none shares the users of another', () => {
    const secrets = databases.map(({ spec }) => spec.secrets.users);
    expect(secrets).toEqual(namesOf(databases).map((name) => `${name}-secrets`));
  });

  it('then all run the same version, by its full name', () => {
    const images = new Set(databases.map(({ spec }) => spec.image));
    expect([...images]).toEqual([expect.stringMatching(/^percona\/percona-server-mongodb:8\.0\.\d+-\d+$/)]);
  });
});

describe('when the bus is highly available', () => {
  const [members] = ofKind(resources, 'StatefulSet').filter(({ metadata }) => metadata.name === 'nats');

  it('then NATS Streaming is gone, and three members of JetStream are there', () => {
    expect(members?.spec.replicas).toBe(3);
    const images = workloadsIn(resources)
      .flatMap(containersOf)
      .map(({ image }) => image);
    expect(images.filter((image) => image.startsWith('nats'))).toEqual([
      expect.stringMatching(/^nats:2\.\d+\.\d+-alpine$/),
    ]);
  });

  it('then no two members share a node where there are three, and a drain takes one at a time', () => {
    if (!members) throw new Error('There is no StatefulSet nats');
    const [byNode] = members.spec.template.spec.topologySpreadConstraints;
    expect(byNode).toMatchObject({
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
    });
    const budgets = ofKind(resources, 'PodDisruptionBudget').filter(({ spec }) =>
      selects(spec.selector, labelsOf(members)),
    );
    expect(budgets.map(({ spec }) => spec.maxUnavailable)).toEqual([1]);
  });

  it('then its configuration has the permissions, and synchronises before it acknowledges', () => {
    const [config] = ofKind(resources, 'ConfigMap').filter(({ metadata }) =>
      metadata.name.startsWith('nats-config-'),
    );
    expect(config?.data['nats.conf']).toMatch(/^\s*sync_interval: always$/m);
    expect(config?.data['nats.conf']).toContain('include "users.conf"');
    expect(config?.data['users.conf']).toContain('user: payments');
  });

  it('then the members know the password of every user of their configuration', () => {
    const [config] = ofKind(resources, 'ConfigMap').filter(({ data }) => data['users.conf']);
    const named = [...(config?.data['users.conf'] ?? '').matchAll(/\$(\w+_PASSWORD)/g)].map(
      ([, name]) => name,
    );
    const given = members ? containersOf(members).flatMap(({ env }) => env.map(({ name }) => name)) : [];
    expect(named.length).toBeGreaterThan(5);
    expect(given).toEqual(expect.arrayContaining(named));
  });
});

describe('when services scale by what waits on the bus', () => {
  const scaled = environments['high availability with KEDA and cert-manager']();
  const objects = ofKind(scaled, 'ScaledObject');

  it('then each that consumes does so by every consumer of its own', () => {
    const consumers = Object.fromEntries(
      objects.map(({ metadata, spec }) => [
        metadata.name,
        spec.triggers.flatMap(({ metadata: { consumer } }) => consumer ?? []).sort(),
      ]),
    );
    const consuming = Object.entries(flows).filter(([, { receives }]) => receives.length > 0);
    expect(consumers).toEqual(
      Object.fromEntries(
        consuming.map(([service, { receives }]) => [
          service,
          receives.map(({ consumer }) => consumer).sort(),
        ]),
      ),
    );
  });

  it('then every deployment has exactly one autoscaler, and two replicas at least', () => {
    const targets = [
      ...ofKind(scaled, 'HorizontalPodAutoscaler').map(({ spec }) => ({
        name: spec.scaleTargetRef.name,
        least: spec.minReplicas,
      })),
      ...objects.map(({ spec }) => ({ name: spec.scaleTargetRef.name, least: spec.minReplicaCount })),
    ];
    expect(targets.map(({ name }) => name).sort()).toEqual(namesOf(ofKind(scaled, 'Deployment')));
    expect(targets.filter(({ least }) => least < 2)).toEqual([]);
  });
});
