import { containersOf, labelsOf, ofKind, workloadsIn, type Resource } from './resources';

/** The data of ConfigMaps, or of secrets as the docs have them created, by name and key. */
export type Values = Record<string, Record<string, string>>;

/** What the downward API gives as the name of the pod. */
export const POD_NAME = 'some-depl-7d9c-x2x4z';

/**
 * The environment that a pod's process is started with, as Kubernetes assembles it.
 * @throws {Error} when a ConfigMap or a secret lacks a key that is not optional
 */
export const environmentOf = (
  resources: readonly Resource[],
  app: string,
  secrets: Values,
): Record<string, string> => {
  const [container] = workloadsIn(resources)
    .filter((workload) => labelsOf(workload).app === app)
    .flatMap(containersOf);
  if (!container) throw new Error(`No Deployment or StatefulSet runs ${app}`);
  const configMaps: Values = Object.fromEntries(
    ofKind(resources, 'ConfigMap').map(({ metadata, data }) => [metadata.name, data]),
  );
  const entries = container.env.map(({ name, value, valueFrom }) => {
    const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom ?? {};
    const ref = configMapKeyRef ?? secretKeyRef;
    if (!ref) return [name, fieldRef?.fieldPath === 'metadata.name' ? POD_NAME : value];
    const referenced = (configMapKeyRef ? configMaps : secrets)[ref.name]?.[ref.key];
    if (referenced === undefined && !ref.optional)
      throw new Error(`${name} is taken from ${ref.name}, which has no ${ref.key}`);
    return [name, referenced];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, string>;
};
