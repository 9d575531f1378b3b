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

interface Kinds {
  Deployment: IDeployment;
  StatefulSet: IStatefulSet;
  HorizontalPodAutoscaler: IHorizontalPodAutoscaler;
  Ingress: IIngress;
  NetworkPolicy: INetworkPolicy;
  PodDisruptionBudget: IPodDisruptionBudget;
  ConfigMap: IConfigMap;
  Service: IService;
}

export interface Resource {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

export type Manifest<Kind extends keyof Kinds> = Present<Kinds[Kind]>;
export type Workload = Manifest<'Deployment'> | Manifest<'StatefulSet'>;
export type Labels = Record<string, string>;
export type Selector = Partial<Manifest<'NetworkPolicy'>['spec']['podSelector']>;

export const ofKind = <Kind extends keyof Kinds>(
  resources: readonly Resource[],
  ...kinds: Kind[]
): Manifest<Kind>[] => resources.filter(({ kind }) => (kinds as string[]).includes(kind)) as Manifest<Kind>[];

export const workloadsIn = (resources: readonly Resource[]): Workload[] =>
  ofKind<'Deployment' | 'StatefulSet'>(resources, 'Deployment', 'StatefulSet');

export const namesOf = (resources: readonly { metadata: { name: string } }[]): string[] =>
  resources.map(({ metadata }) => metadata.name).sort();

export const containersOf = ({ spec }: Workload) => spec.template.spec.containers;

export const labelsOf = ({ spec }: Workload): Labels => spec.template.metadata.labels;

export const selects = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values }) => {
    if (operator !== 'In') throw new Error(`The checks know the operator In only, not ${operator}`);
    return values.includes(labels[key] ?? '');
  });
