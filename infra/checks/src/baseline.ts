import { workloadsIn, type Container, type Resource, type Workload } from './resources';

/** What is asked of every container, and the name it is missed by. */
const ofContainer: Record<string, (container: Container) => boolean> = {
  'may not raise its privileges': ({ securityContext }) =>
    securityContext?.allowPrivilegeEscalation === false,
  'has a read-only root file system': ({ securityContext }) =>
    securityContext?.readOnlyRootFilesystem === true,
  'drops all capabilities': ({ securityContext }) =>
    securityContext?.capabilities?.drop?.includes('ALL') === true,
  'requests CPU and memory': ({ resources }) => !!resources?.requests?.cpu && !!resources.requests.memory,
  'is limited in CPU and memory': ({ resources }) => !!resources?.limits?.cpu && !!resources.limits.memory,
  'has a startup probe': ({ startupProbe }) => startupProbe !== undefined,
  'has a readiness probe': ({ readinessProbe }) => readinessProbe !== undefined,
  'has a liveness probe': ({ livenessProbe }) => livenessProbe !== undefined,
};

const ofPod: Record<string, (workload: Workload) => boolean> = {
  'runs as no root': ({ spec }) => spec.template.spec.securityContext?.runAsNonRoot === true,
  'has the default seccomp profile': ({ spec }) =>
    spec.template.spec.securityContext?.seccompProfile?.type === 'RuntimeDefault',
  'has no token of a service account': ({ spec }) =>
    spec.template.spec.automountServiceAccountToken === false,
  'is a part of ticketing, so that the network policies hold': ({ spec }) =>
    spec.template.metadata.labels['app.kubernetes.io/part-of'] === 'ticketing',
};

export const baselineProblems = (resources: readonly Resource[]): string[] =>
  workloadsIn(resources).flatMap((workload) => [
    ...Object.entries(ofPod)
      .filter(([, holds]) => !holds(workload))
      .map(([rule]) => `${workload.metadata.name}: not so: ${rule}`),
    ...workload.spec.template.spec.containers.flatMap((container) =>
      Object.entries(ofContainer)
        .filter(([, holds]) => !holds(container))
        .map(([rule]) => `${workload.metadata.name}/${container.name}: not so: ${rule}`),
    ),
  ]);
