import {
  configMapsIn,
  ingressesIn,
  networkPoliciesIn,
  selects,
  servicesIn,
  workloadsIn,
  type Labels,
  type NetworkPolicy,
  type PolicyRule,
  type Resource,
  type Service,
  type Workload,
} from './resources';

const podLabels = (workload: Workload): Labels => workload.spec.template.metadata.labels;

const backing = (service: Service, workloads: Workload[]): Workload[] =>
  workloads.filter((workload) => selects({ matchLabels: service.spec.selector }, podLabels(workload)));

/** Selectors that select nothing or the wrong thing, and ports that nobody listens on. */
export const selectorProblems = (resources: readonly Resource[]): string[] => {
  const workloads = workloadsIn(resources);
  const services = servicesIn(resources);
  const ofWorkloads = workloads.flatMap(({ metadata, spec }) => [
    ...(selects(spec.selector, spec.template.metadata.labels)
      ? []
      : [`${metadata.name} does not select its own pods`]),
    ...(spec.serviceName && !services.some((service) => service.metadata.name === spec.serviceName)
      ? [`${metadata.name} belongs to the Service ${spec.serviceName}, which does not exist`]
      : []),
  ]);
  const ofServices = services.flatMap((service) => {
    const { name } = service.metadata;
    const selected = backing(service, workloads);
    if (selected.length !== 1) return [`${name} selects ${selected.length} workloads instead of one`];
    const ports = selected[0]!.spec.template.spec.containers.flatMap((container) => container.ports ?? []);
    return service.spec.ports
      .filter(({ targetPort }) => !ports.some((port) => [port.name, port.containerPort].includes(targetPort)))
      .map(({ targetPort }) => `${name} sends to the port ${targetPort}, which its pods do not have`);
  });
  return [...ofWorkloads, ...ofServices];
};

export interface Address {
  key: string;
  host: string;
  port: number;
}

/** Every address inside the cluster that the configuration holds. */
export const addressesIn = (data: Record<string, string>): Address[] =>
  Object.entries(data)
    .filter(([, value]) => value.includes('://'))
    .map(([key, value]) => {
      const { hostname, port } = new URL(value);
      return { key, host: hostname, port: Number(port) };
    });

/** Addresses in the configuration, and backends of the ingress, that no Service answers. */
export const addressProblems = (resources: readonly Resource[]): string[] => {
  const answers = (host: string, port: number): boolean =>
    servicesIn(resources).some(
      (service) => service.metadata.name === host && service.spec.ports.some((own) => own.port === port),
    );
  const configured = configMapsIn(resources)
    .flatMap(({ data }) => addressesIn(data))
    .map(({ key, host, port }) => ({ from: key, host, port }));
  const routed = ingressesIn(resources).flatMap(({ spec }) =>
    spec.rules.flatMap(({ http }) =>
      http.paths.map(({ path, backend: { service } }) => ({
        from: `the ingress's ${path}`,
        host: service.name,
        port: service.port.number,
      })),
    ),
  );
  return [...configured, ...routed]
    .filter(({ host, port }) => !answers(host, port))
    .map(({ from, host, port }) => `${from} leads to ${host}:${port}, which no Service answers`);
};

type Direction = 'Ingress' | 'Egress';

const rulesFor = (policies: NetworkPolicy[], labels: Labels, direction: Direction): PolicyRule[] | 'all' => {
  const own = policies.filter(
    ({ spec }) => spec.policyTypes.includes(direction) && selects(spec.podSelector, labels),
  );
  if (own.length === 0) return 'all';
  return own.flatMap(({ spec }) => (direction === 'Ingress' ? spec.ingress : spec.egress) ?? []);
};

const opens = (rules: PolicyRule[] | 'all', peer: Labels, port: number): boolean =>
  rules === 'all' ||
  rules.some((rule) => {
    const peers = rule.from ?? rule.to;
    return (
      (!peers || peers.some(({ podSelector }) => podSelector && selects(podSelector, peer))) &&
      (!rule.ports || rule.ports.some((own) => own.port === port))
    );
  });

/** Every connection between two workloads that the NetworkPolicies let through, as `from → to:port`. */
export const openConnections = (resources: readonly Resource[]): string[] => {
  const policies = networkPoliciesIn(resources);
  const workloads = workloadsIn(resources).map((workload) => ({
    labels: podLabels(workload),
    ports: workload.spec.template.spec.containers.flatMap(({ ports = [] }) =>
      ports.map(({ containerPort }) => containerPort),
    ),
  }));
  return workloads
    .flatMap((from) =>
      workloads.flatMap((to) =>
        to.ports
          .filter(
            (port) =>
              opens(rulesFor(policies, from.labels, 'Egress'), to.labels, port) &&
              opens(rulesFor(policies, to.labels, 'Ingress'), from.labels, port),
          )
          .map((port) => `${from.labels.app} → ${to.labels.app}:${port}`),
      ),
    )
    .sort();
};
