import { filesBelow, readText } from './repository';
import { workloadsIn, type Resource } from './resources';

export interface Artifact {
  image: string;
  docker: { dockerfile: string; target: string };
  sync?: { manual: { src: string; dest: string }[] };
}

export interface Skaffold {
  build: { artifacts: Artifact[]; local?: { push?: boolean } };
  portForward?: unknown;
  profiles: { name: string; patches?: { op: string; path: string; value?: unknown }[] }[];
}

export const imagesIn = (resources: readonly Resource[]): string[] => [
  ...new Set(
    workloadsIn(resources).flatMap(({ spec }) => spec.template.spec.containers.map(({ image }) => image)),
  ),
];

/** Images of this repository, by their prefix; the rest are others' and must name a version. */
export const isOwn = (image: string): boolean => image.startsWith('ticketing/');

export const imageProblems = (resources: readonly Resource[], skaffold: Skaffold): string[] => {
  const images = imagesIn(resources);
  const artifacts = skaffold.build.artifacts.map(({ image }) => image);
  return [
    ...images
      .filter((image) => isOwn(image) && !artifacts.includes(image))
      .map((image) => `${image} is built by no artifact of skaffold.yaml`),
    ...images
      .filter((image) => !isOwn(image) && !/:\d[^/]*$/.test(image))
      .map((image) => `${image} names no version`),
  ];
};

const stagesOf = (dockerfile: string): string[] =>
  [...readText(dockerfile).matchAll(/^FROM .+ AS (\S+)$/gm)].map(([, stage]) => stage!);

/** The files of a pattern, for the few shapes of pattern in use. */
const matches = (pattern: string): string[] => {
  const [folder, extension] = pattern.split('/**/*') as [string, string];
  return filesBelow(folder).filter((file) => file.endsWith(extension));
};

export const artifactProblems = ({ build }: Skaffold): string[] =>
  build.artifacts.flatMap(({ image, docker, sync }) => {
    const stages = stagesOf(docker.dockerfile);
    return [
      ...['dev', 'production']
        .filter((stage) => !stages.includes(stage))
        .map((stage) => `${docker.dockerfile} has no stage ${stage}`),
      ...(docker.target === 'dev' ? [] : [`${image} is built for ${docker.target} by skaffold dev`]),
      ...(stages.at(-1) === 'production' ? [] : [`${docker.dockerfile} builds ${stages.at(-1)} by default`]),
      ...(sync?.manual.length ? [] : [`${image} synchronises no files`]),
      ...(sync?.manual ?? [])
        .filter(({ src }) => matches(src).length === 0)
        .map(({ src }) => `${image} synchronises ${src}, which matches no file`),
    ];
  });
