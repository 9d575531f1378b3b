import { containersOf, labelsOf, ofKind, workloadsIn, type Resource } from './resources';

/** The data of ConfigMaps, or of secrets as the docs have them created, by name and key. */
export type Values = Record<string, Record<string, string>>;

/** What the downward API gives as the name of the pod. */
export const POD_NAME = 'some-depl-7d9c-x2x4z';

/** A variable that is in the value of another: `$(NAME)`. */
const INSERTED = /\$\((\w+)\)/g;

const containerOf = (resources: readonly Resource[], app: string) => {
  const [workload] = workloadsIn(resources).filter((one) => labelsOf(one).app === app);
  const [container] = workload ? containersOf(workload) : [];
  if (!workload || !container) throw new Error(`No Deployment or StatefulSet runs ${app}`);
  return { workload, container };
};

/**
 * The environment that a pod's process is started with, as Kubernetes assembles it.
 * @throws {Error} when a ConfigMap or a secret lacks a key that is not optional
 */
export const environmentOf = (
  resources: readonly Resource[],
  app: string,
  secrets: Values,
): Record<string, string> => {
  const { container } = containerOf(resources, app);
  const configMaps: Values = Object.fromEntries(
    ofKind(resources, 'ConfigMap').map(({ metadata, data }) => [metadata.name, data]),
  );
  const env: Record<string, string> = {};
  for (const { name, value, valueFrom } of container.env) {
    const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom ?? {};
    const ref = configMapKeyRef ?? secretKeyRef;
    const given = fieldRef?.fieldPath === 'metadata.name' ? POD_NAME : value;
    const found = ref ? (configMapKeyRef ? configMaps : secrets)[ref.name]?.[ref.key] : given;
    if (ref && found === undefined && !ref.optional)
      throw new Error(`${name} is taken from ${ref.name}, which has no ${ref.key}`);
    // Only what comes before it in the list is inserted.
    if (found !== undefined)
      env[name] = ref ? found : found.replace(INSERTED, (text, of: string) => env[of] ?? text);
  }
  return env;
};

/** The variables that are there only to be inserted into others. */
export const insertedVariables = (resources: readonly Resource[], app: string): string[] =>
  containerOf(resources, app).container.env.flatMap(({ value }) =>
    [...(value ?? '').matchAll(INSERTED)].map(([, name = '']) => name),
  );

/** The files that a pod has from secrets, with the secret of each. */
export const secretFilesOf = (resources: readonly Resource[], app: string): Record<string, string> => {
  const { workload, container } = containerOf(resources, app);
  const volumes = workload.spec.template.spec.volumes.filter((volume) => volume.secret);
  return Object.fromEntries(
    volumes.flatMap(({ name, secret }) =>
      container.volumeMounts
        .filter((mount) => mount.name === name)
        .flatMap(({ mountPath }) =>
          secret.items.map(({ path }) => [`${mountPath}/${path}`, secret.secretName]),
        ),
    ),
  );
};
