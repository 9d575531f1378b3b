import {
  labelsOf,
  ofKind,
  selects,
  workloadsIn,
  type Labels,
  type Manifest,
  type Resource,
} from './resources';

type Service = Manifest<'Service'>;
type Policy = Manifest<'NetworkPolicy'>;

const portsOf = (service: Service): number[] => service.spec.ports.map(({ port }) => port);

/** Selectors that select nothing or the wrong pods, and ports that no container listens on. */
export const selectorProblems = (resources: readonly Resource[]): string[] => {
  const workloads = workloadsIn(resources);
  const services = ofKind(resources, 'Service');
  const ofWorkloads = workloads.flatMap((workload) => {
    const { name } = workload.metadata;
    const governing = 'serviceName' in workload.spec ? workload.spec.serviceName : undefined;
    return [
      ...(selects(workload.spec.selector, labelsOf(workload))
        ? []
        : [`${name} does not select its own pods`]),
      ...(!governing || services.some(({ metadata }) => metadata.name === governing)
        ? []
        : [`${name} belongs to the Service ${governing}, which does not exist`]),
    ];
  });
  const ofServices = services.flatMap(({ metadata: { name }, spec }) => {
    const [workload, ...others] = workloads.filter((candidate) =>
      selects({ matchLabels: spec.selector }, labelsOf(candidate)),
    );
    if (!workload || others.length > 0)
      return [`${name} selects ${workload ? 1 + others.length : 0} workloads instead of one`];
    const ports = workload.spec.template.spec.containers.flatMap((container) => container.ports ?? []);
    const open = ports.flatMap(({ name, containerPort }): (string | number)[] => [name, containerPort]);
    return spec.ports
      .filter(({ targetPort }) => !open.includes(targetPort))
      .map(({ targetPort }) => `${name} sends to the port ${targetPort}, which its pods do not have`);
  });
  return [...ofWorkloads, ...ofServices];
};

/** Every address inside the cluster that the configuration holds, by its key. */
export const addressesIn = (resources: readonly Resource[]): [from: string, host: string, port: number][] =>
  ofKind(resources, 'ConfigMap')
    .flatMap(({ data }) => Object.entries(data))
    .filter(([, value]) => value.includes('://'))
    .map(([key, value]) => [key, new URL(value).hostname, Number(new URL(value).port)]);

/** Addresses in the configuration, and backends of the ingress, that lead to no Service. */
export const addressProblems = (resources: readonly Resource[]): string[] => {
  const services = ofKind(resources, 'Service');
  const routed = ofKind(resources, 'Ingress')
    .flatMap(({ spec }) => spec.rules.flatMap(({ http }) => http.paths))
    .map(
      ({ path, backend: { service } }) =>
        [`the ingress's ${path}`, service.name, service.port.number] as const,
    );
  return [...addressesIn(resources), ...routed]
    .filter(
      ([, host, port]) => !services.some((own) => own.metadata.name === host && portsOf(own).includes(port)),
    )
    .map(([from, host, port]) => `${from} leads to ${host}:${port}, which no Service has`);
};

/** Whether the policies for one direction, of the pods with these labels, admit the peer on the port. */
const admits = (
  policies: Policy[],
  direction: 'Ingress' | 'Egress',
  own: Labels,
  peer: Labels,
  port: number,
): boolean => {
  const applying = policies.filter(
    ({ spec }) => spec.policyTypes.includes(direction) && selects(spec.podSelector, own),
  );
  if (applying.length === 0) return true;
  const rules = applying.flatMap(({ spec }) =>
    direction === 'Ingress'
      ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
      : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports })),
  );
  return rules.some(
    ({ peers, ports }) =>
      (!peers || peers.some(({ podSelector }) => podSelector && selects(podSelector, peer))) &&
      (!ports || ports.some((open) => open.port === port)),
  );
};

/** Every connection between two workloads that the NetworkPolicies admit, as `from → to:port`. */
export const openConnections = (resources: readonly Resource[]): string[] => {
  const policies = ofKind(resources, 'NetworkPolicy');
  const workloads = workloadsIn(resources);
  const ends = workloads.flatMap((workload) =>
    workload.spec.template.spec.containers.flatMap(({ ports }) =>
      (ports ?? []).map(({ containerPort }) => ({ to: labelsOf(workload), port: containerPort })),
    ),
  );
  return workloads
    .map(labelsOf)
    .flatMap((from) =>
      ends
        .filter(
          ({ to, port }) =>
            admits(policies, 'Egress', from, to, port) && admits(policies, 'Ingress', to, from, port),
        )
        .map(({ to, port }) => `${from.app} → ${to.app}:${port}`),
    )
    .sort();
};
