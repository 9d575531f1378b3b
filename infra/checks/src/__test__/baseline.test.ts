import { environments } from '../environments';
import { manifestsIn } from '../repository';
import { labelsOf, namesOf, ofKind, selects, workloadsIn, type Resource } from '../resources';

const present: unknown = expect.anything();
const amounts = { cpu: present, memory: present };

/** What every container has. */
const container = {
  resources: { requests: amounts, limits: amounts },
  startupProbe: present,
  readinessProbe: present,
  livenessProbe: present,
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: expect.arrayContaining(['ALL']) as unknown },
  },
};

/** What every pod has; network policies select by the label. */
const pod = {
  metadata: { labels: { 'app.kubernetes.io/part-of': 'ticketing' } },
  spec: {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  },
};

const statefulSetsOf = (resources: Resource[]) => ofKind(resources, 'StatefulSet');

describe.each(Object.entries(environments))('when pods of %s run', (_, resources) => {
  it('then each meets the security baseline and has resources and probes', () => {
    const templates = workloadsIn(resources()).map(({ spec }) => spec.template);
    expect(templates.length).toBeGreaterThan(6);
    for (const template of templates) {
      expect(template).toMatchObject(pod);
      for (const one of template.spec.containers) expect(one).toMatchObject(container);
    }
  });
});

describe('when data is stored', () => {
  it('then every database, the bus and the sandbox keep it on a volume', () => {
    const stateful = statefulSetsOf(environments.development());
    expect(namesOf(stateful)).toEqual([
      'auth-mongo-depl',
      'expiration-redis-depl',
      'nats-depl',
      'orders-mongo-depl',
      'payments-mongo-depl',
      'stripe-sandbox-depl',
      'tickets-mongo-depl',
    ]);
    for (const { spec } of stateful) expect(spec.volumeClaimTemplates).toHaveLength(1);
  });

  it('then managed databases replace those of the cluster', () => {
    const resources = environments['production with managed databases']();
    expect(namesOf(statefulSetsOf(resources))).toEqual(['nats-depl']);
    expect(namesOf(resources).filter((name) => /^(?!managed).*-(mongo|redis)/.test(name))).toEqual([]);
  });
});

describe('when production is deployed', () => {
  const resources = environments.production();
  const deployments = ofKind(resources, 'Deployment');

  it('then it has every workload of the base', () => {
    expect(namesOf(workloadsIn(resources))).toEqual(namesOf(workloadsIn(manifestsIn('infra/k8s'))));
  });

  it('then every deployment has at least two replicas, by its autoscaler', () => {
    const autoscalers = ofKind(resources, 'HorizontalPodAutoscaler');
    expect(autoscalers.map(({ spec }) => spec.scaleTargetRef.name).sort()).toEqual(namesOf(deployments));
    for (const { spec } of autoscalers) expect(spec.minReplicas).toBeGreaterThanOrEqual(2);
    for (const { spec } of deployments) expect(spec.replicas).toBeUndefined();
  });

  it('then every deployment is spread over nodes and zones', () => {
    for (const deployment of deployments) {
      const spread = deployment.spec.template.spec.topologySpreadConstraints;
      expect(spread.map(({ topologyKey }) => topologyKey)).toEqual([
        'kubernetes.io/hostname',
        'topology.kubernetes.io/zone',
      ]);
      for (const { labelSelector, matchLabelKeys } of spread) {
        expect(selects(labelSelector, labelsOf(deployment))).toBe(true);
        expect(matchLabelKeys).toEqual(['app', 'pod-template-hash']);
      }
    }
  });

  it('then a disruption budget covers the pods of every deployment, and of no database', () => {
    const budgets = ofKind(resources, 'PodDisruptionBudget');
    const covered = workloadsIn(resources).filter((workload) =>
      budgets.some(({ spec }) => selects(spec.selector, labelsOf(workload))),
    );
    expect(namesOf(covered)).toEqual(namesOf(deployments));
  });
});
