import {
  containersOf,
  ofKind,
  podsIn,
  selects,
  workloadsIn,
  type Labels,
  type Manifest,
  type Resource,
} from './resources';

/** The hosts of a URL, or of several after commas; credentials in front of them are left out. */
const hostsOf = (value: string): string[] =>
  value
    .split(/,(?=[\w+]+:\/\/)/)
    .flatMap((url) => /^[\w+]+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1]?.split(',') ?? []);

/** The addresses that lead somewhere inside the cluster, as `host:port`: those configured, and the ingress's. */
export const addressesIn = (resources: readonly Resource[]): string[] => {
  const configured = ofKind(resources, 'ConfigMap')
    .filter(({ metadata }) => metadata.name === 'ticketing-config')
    .flatMap(({ data }) => Object.values(data));
  const written = workloadsIn(resources)
    .flatMap(containersOf)
    .flatMap(({ env }) => (env ?? []).map(({ value = '' }) => value));
  const routed = ofKind(resources, 'Ingress')
    .flatMap(({ spec }) => spec.rules.flatMap(({ http }) => http.paths))
    .map(({ backend: { service } }) => `${service.name}:${service.port.number}`);
  return [...[...configured, ...written].flatMap(hostsOf), ...routed];
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

/** Every connection between two kinds of pods that the NetworkPolicies admit, as `from → to:port`. */
export const openConnections = (resources: readonly Resource[]): string[] => {
  const policies = ofKind(resources, 'NetworkPolicy');
  const pods = podsIn(resources);
  const ends = pods.flatMap(({ labels, ports }) => ports.map((port) => ({ to: labels, port })));
  return pods
    .flatMap(({ labels: from }) =>
      ends
        .filter(
          ({ to, port }) =>
            admits(policies, 'Egress', from, to, port) && admits(policies, 'Ingress', to, from, port),
        )
        .map(({ to, port }) => `${from.app} → ${to.app}:${port}`),
    )
    .sort();
};
