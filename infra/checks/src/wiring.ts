import {
  containersOf,
  labelsOf,
  ofKind,
  selects,
  workloadsIn,
  type Labels,
  type Manifest,
  type Resource,
} from './resources';

/** The addresses that lead somewhere inside the cluster, as `host:port`: those configured, and the ingress's. */
export const addressesIn = (resources: readonly Resource[]): string[] => {
  const configured = ofKind(resources, 'ConfigMap')
    .flatMap(({ data }) => Object.values(data))
    .filter((value) => value.includes('://'))
    .map((value) => new URL(value).host);
  const routed = ofKind(resources, 'Ingress')
    .flatMap(({ spec }) => spec.rules.flatMap(({ http }) => http.paths))
    .map(({ backend: { service } }) => `${service.name}:${service.port.number}`);
  return [...configured, ...routed];
};

/** Whether the policies for one direction, of the pods with these labels, admit the peer on the port. */
const admits = (
  policies: Manifest<'NetworkPolicy'>[],
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
    containersOf(workload).flatMap(({ ports }) =>
      ports.map(({ containerPort }) => ({ to: labelsOf(workload), port: containerPort })),
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
