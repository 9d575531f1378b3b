import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IService } from 'kubernetes-models/v1/Service';

/** Kubernetes' types with every field present: code that reads an optional one still has to expect its absence. */
type Present<T> = T extends (infer Item)[]
  ? Present<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Present<NonNullable<T[Key]>> }
    : T;

/** The fields of Percona's resource that its checks need. */
interface IReplicaSetDatabase {
  metadata: { name: string };
  spec: {
    image: string;
    users: { name: string; db: string; roles: { name: string; db: string }[] }[];
    secrets: { users: string };
    tls: { mode: string };
    replsets: { name: string; size: number; labels: Record<string, string> }[];
  };
}

/** KEDA's resource. */
interface IScaledObject {
  metadata: { name: string };
  spec: {
    scaleTargetRef: { name: string };
    minReplicaCount: number;
    maxReplicaCount: number;
    triggers: { type: string; metadata: Record<string, string> }[];
  };
}

interface Kinds {
  Deployment: IDeployment;
  StatefulSet: IStatefulSet;
  HorizontalPodAutoscaler: IHorizontalPodAutoscaler;
  Ingress: IIngress;
  NetworkPolicy: INetworkPolicy;
  PodDisruptionBudget: IPodDisruptionBudget;
  ConfigMap: IConfigMap;
  Service: IService;
  PerconaServerMongoDB: IReplicaSetDatabase;
  ScaledObject: IScaledObject;
}

/** API groups of operators: their schemas are theirs, so a real API server that has them checks these resources. */
const OPERATORS = ['psmdb.percona.com', 'keda.sh', 'cert-manager.io'];

export interface Resource {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

export type Manifest<Kind extends keyof Kinds> = Present<Kinds[Kind]>;
export type Workload = Manifest<'Deployment'> | Manifest<'StatefulSet'>;
export type Labels = Record<string, string>;
export type Selector = Partial<Manifest<'NetworkPolicy'>['spec']['podSelector']>;

export const isCustom = ({ apiVersion }: Resource): boolean =>
  OPERATORS.includes(apiVersion.split('/')[0] ?? '');

export const ofKind = <Kind extends keyof Kinds>(
  resources: readonly Resource[],
  ...kinds: Kind[]
): Manifest<Kind>[] => resources.filter(({ kind }) => (kinds as string[]).includes(kind)) as Manifest<Kind>[];

export const workloadsIn = (resources: readonly Resource[]): Workload[] =>
  ofKind<'Deployment' | 'StatefulSet'>(resources, 'Deployment', 'StatefulSet');

const MONGO_PORT = 27017;

export const namesOf = (resources: readonly { metadata: { name: string } }[]): string[] =>
  resources.map(({ metadata }) => metadata.name).sort();

export const containersOf = ({ spec }: Workload) => spec.template.spec.containers;

export const labelsOf = ({ spec }: Workload): Labels => spec.template.metadata.labels;

/** What runs in pods, by whomever they are made: their labels, and the ports on which they listen. */
export const podsIn = (resources: readonly Resource[]): { labels: Labels; ports: number[] }[] => [
  ...workloadsIn(resources).map((workload) => ({
    labels: labelsOf(workload),
    ports: containersOf(workload).flatMap(({ ports }) => ports.map(({ containerPort }) => containerPort)),
  })),
  ...ofKind(resources, 'PerconaServerMongoDB').flatMap(({ spec }) =>
    spec.replsets.map(({ labels }) => ({ labels, ports: [MONGO_PORT] })),
  ),
];

export const selects = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values }) => {
    if (operator !== 'In') throw new Error(`The checks know the operator In only, not ${operator}`);
    return values.includes(labels[key] ?? '');
  });

/** Every address that something in the cluster answers, as `host:port`: Services, and members of sets by name. */
export const servedIn = (resources: readonly Resource[]): string[] => {
  const services = ofKind(resources, 'Service').flatMap(({ metadata: { name }, spec }) =>
    spec.ports.map(({ port }) => ({ name, port })),
  );
  const members = ofKind(resources, 'StatefulSet').flatMap(({ metadata, spec: { serviceName, replicas } }) =>
    services
      .filter(({ name }) => name === serviceName)
      .flatMap(({ name, port }) =>
        Array.from({ length: replicas }, (_, at) => `${metadata.name}-${at}.${name}:${port}`),
      ),
  );
  const databases = ofKind(resources, 'PerconaServerMongoDB').flatMap(({ metadata, spec }) =>
    spec.replsets.flatMap(({ name, size }) =>
      Array.from({ length: size }, (_, at) => {
        const set = `${metadata.name}-${name}`;
        return `${set}-${at}.${set}:${MONGO_PORT}`;
      }),
    ),
  );
  return [...services.map(({ name, port }) => `${name}:${port}`), ...members, ...databases];
};
