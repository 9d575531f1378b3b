import { configMapsIn, workloadsIn, type Container, type EnvVar, type Resource } from './resources';

/** Secrets as the docs have them created, by name and key. */
export type Secrets = Record<string, Record<string, string>>;

const containerOf = (resources: readonly Resource[], app: string): Container => {
  const workload = workloadsIn(resources).find(({ spec }) => spec.template.metadata.labels.app === app);
  if (!workload) throw new Error(`No Deployment or StatefulSet runs ${app}`);
  return workload.spec.template.spec.containers[0]!;
};

const valueOf = (
  variable: EnvVar,
  configMaps: Record<string, Record<string, string>>,
  secrets: Secrets,
): string | undefined => {
  const { configMapKeyRef, secretKeyRef, fieldRef } = variable.valueFrom ?? {};
  if (fieldRef?.fieldPath === 'metadata.name') return 'some-depl-7d9c-x2x4z';
  const ref = configMapKeyRef ?? secretKeyRef;
  if (!ref) return variable.value;
  const value = (configMapKeyRef ? configMaps : secrets)[ref.name]?.[ref.key];
  if (value === undefined && !ref.optional)
    throw new Error(`${variable.name} is taken from ${ref.name}, which has no ${ref.key}`);
  return value;
};

/** The environment that a pod's process is started with, as Kubernetes puts it together. */
export const environmentOf = (
  resources: readonly Resource[],
  app: string,
  secrets: Secrets,
): Record<string, string> => {
  const configMaps = Object.fromEntries(
    configMapsIn(resources).map(({ metadata, data }) => [metadata.name, data]),
  );
  const variables = (containerOf(resources, app).env ?? []).map(
    (variable) => [variable.name, valueOf(variable, configMaps, secrets)] as const,
  );
  return Object.fromEntries(variables.filter((entry): entry is [string, string] => entry[1] !== undefined));
};
