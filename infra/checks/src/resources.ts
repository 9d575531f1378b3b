/** As much of Kubernetes' resources as the checks read; the schemas have checked the shapes. */
export type Labels = Record<string, string>;

export interface Resource {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Labels };
}

export interface KeyRef {
  name: string;
  key: string;
  optional?: boolean;
}

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: { configMapKeyRef?: KeyRef; secretKeyRef?: KeyRef; fieldRef?: { fieldPath: string } };
}

export interface Container {
  name: string;
  image: string;
  ports?: { name?: string; containerPort: number }[];
  env?: EnvVar[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[] };
  };
  startupProbe?: unknown;
  readinessProbe?: unknown;
  livenessProbe?: unknown;
}

export interface Workload extends Resource {
  kind: 'Deployment' | 'StatefulSet';
  spec: {
    replicas?: number;
    serviceName?: string;
    selector: { matchLabels: Labels };
    template: {
      metadata: { labels: Labels };
      spec: {
        automountServiceAccountToken?: boolean;
        securityContext?: { runAsNonRoot?: boolean; seccompProfile?: { type: string } };
        topologySpreadConstraints?: unknown[];
        containers: Container[];
      };
    };
    volumeClaimTemplates?: unknown[];
  };
}

export interface Service extends Resource {
  kind: 'Service';
  spec: { selector: Labels; ports: { port: number; targetPort: number | string }[] };
}

export interface ConfigMap extends Resource {
  kind: 'ConfigMap';
  data: Record<string, string>;
}

export interface Ingress extends Resource {
  kind: 'Ingress';
  spec: {
    ingressClassName?: string;
    tls?: { hosts: string[]; secretName: string }[];
    rules: {
      host: string;
      http: {
        paths: {
          path: string;
          pathType: string;
          backend: { service: { name: string; port: { number: number } } };
        }[];
      };
    }[];
  };
}

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values: string[] }[];
}

export interface PolicyRule {
  from?: { podSelector?: Selector }[];
  to?: { podSelector?: Selector }[];
  ports?: { port: number }[];
}

export interface NetworkPolicy extends Resource {
  kind: 'NetworkPolicy';
  spec: {
    podSelector: Selector;
    policyTypes: ('Ingress' | 'Egress')[];
    ingress?: PolicyRule[];
    egress?: PolicyRule[];
  };
}

export interface HorizontalPodAutoscaler extends Resource {
  kind: 'HorizontalPodAutoscaler';
  spec: { scaleTargetRef: { kind: string; name: string }; minReplicas: number; maxReplicas: number };
}

export interface PodDisruptionBudget extends Resource {
  kind: 'PodDisruptionBudget';
  spec: { selector: { matchLabels: Labels } };
}

const ofKind =
  <R extends Resource>(...kinds: R['kind'][]) =>
  (resources: readonly Resource[]): R[] =>
    resources.filter((resource): resource is R => kinds.includes(resource.kind));

export const workloadsIn = ofKind<Workload>('Deployment', 'StatefulSet');
export const servicesIn = ofKind<Service>('Service');
export const configMapsIn = ofKind<ConfigMap>('ConfigMap');
export const ingressesIn = ofKind<Ingress>('Ingress');
export const networkPoliciesIn = ofKind<NetworkPolicy>('NetworkPolicy');
export const autoscalersIn = ofKind<HorizontalPodAutoscaler>('HorizontalPodAutoscaler');
export const disruptionBudgetsIn = ofKind<PodDisruptionBudget>('PodDisruptionBudget');

export const selects = (selector: Selector, labels: Labels): boolean =>
  Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
  (selector.matchExpressions ?? []).every(({ key, operator, values }) => {
    if (operator !== 'In') throw new Error(`The checks read the operator In only, not ${operator}`);
    return values.includes(labels[key] ?? '');
  });
