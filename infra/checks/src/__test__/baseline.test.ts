import { baselineProblems } from '../baseline';
import { development, environments, managedProduction, production } from '../environments';
import { autoscalersIn, disruptionBudgetsIn, selects, workloadsIn, type Workload } from '../resources';

const deploymentsIn = (resources: Parameters<typeof workloadsIn>[0]): Workload[] =>
  workloadsIn(resources).filter(({ kind }) => kind === 'Deployment');

const names = (resources: { metadata: { name: string } }[]): string[] =>
  resources.map(({ metadata }) => metadata.name).sort();

describe.each(environments)('when pods of %s run', (_, resources) => {
  it('then each keeps to the security baseline, its resources and its probes', () => {
    expect(workloadsIn(resources()).length).toBeGreaterThan(6);
    expect(baselineProblems(resources())).toEqual([]);
  });
});

describe('when data is stored', () => {
  it('then every database, the bus and the sandbox keep it on a volume', () => {
    const stateful = workloadsIn(development()).filter(({ kind }) => kind === 'StatefulSet');
    expect(names(stateful)).toEqual([
      'auth-mongo-depl',
      'expiration-redis-depl',
      'nats-depl',
      'orders-mongo-depl',
      'payments-mongo-depl',
      'stripe-sandbox-depl',
      'tickets-mongo-depl',
    ]);
    expect(stateful.every(({ spec }) => spec.volumeClaimTemplates?.length === 1)).toBe(true);
  });

  it('then managed databases replace those of the cluster', () => {
    const stateful = workloadsIn(managedProduction()).filter(({ kind }) => kind === 'StatefulSet');
    expect(names(stateful)).toEqual(['nats-depl']);
  });
});

describe('when production is deployed', () => {
  const resources = production();

  it('then every deployment has two replicas or more, by its autoscaler', () => {
    const autoscalers = autoscalersIn(resources);
    expect(autoscalers.map(({ spec }) => spec.scaleTargetRef.name).sort()).toEqual(
      names(deploymentsIn(resources)),
    );
    expect(autoscalers.filter(({ spec }) => spec.minReplicas < 2)).toEqual([]);
    expect(deploymentsIn(resources).filter(({ spec }) => spec.replicas !== undefined)).toEqual([]);
  });

  it('then every deployment is spread over nodes and zones', () => {
    const spread = deploymentsIn(resources).map(
      ({ spec }) => spec.template.spec.topologySpreadConstraints?.length,
    );
    expect(spread).toEqual(spread.map(() => 2));
  });

  it('then a disruption budget holds for the pods of every deployment, and for no database', () => {
    const covered = workloadsIn(resources).filter(({ spec }) =>
      disruptionBudgetsIn(resources).some((budget) =>
        selects(budget.spec.selector, spec.template.metadata.labels),
      ),
    );
    expect(names(covered)).toEqual(names(deploymentsIn(resources)));
  });
});

describe('when a pod is less than the baseline asks', () => {
  it('then what it lacks is named', () => {
    const resources = development();
    const [workload] = workloadsIn(resources);
    workload!.spec.template.spec.automountServiceAccountToken = true;
    delete workload!.spec.template.spec.containers[0]!.livenessProbe;
    workload!.spec.template.spec.containers[0]!.securityContext!.readOnlyRootFilesystem = false;
    expect(baselineProblems(resources)).toEqual([
      'auth-depl: not so: has no token of a service account',
      'auth-depl/auth: not so: has a read-only root file system',
      'auth-depl/auth: not so: has a liveness probe',
    ]);
  });
});
