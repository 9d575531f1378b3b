import path from 'node:path';
import { filesBelow, readText } from './repository';
import { workloadsIn, type Resource } from './resources';

export interface Artifact {
  image: string;
  docker: { dockerfile?: string; buildArgs?: { SERVICE: string }; target?: string };
  sync?: { manual: { src: string; dest: string }[] };
}

export interface Skaffold {
  build: { artifacts: Artifact[]; local?: { push?: boolean } };
  portForward?: unknown;
  profiles: {
    name: string;
    activation?: { command: string }[];
    patches?: { op: string; path: string; value?: unknown }[];
  }[];
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

export const dockerfileOf = ({ docker }: Artifact): string => docker.dockerfile ?? 'Dockerfile';

/** Artifacts without a target are built for production: the last stage of a Dockerfile is the default. */
export const artifactProblems = ({ build }: Skaffold): string[] =>
  build.artifacts.flatMap((artifact) => {
    const { image, docker, sync } = artifact;
    const dockerfile = dockerfileOf(artifact);
    const stages = stagesOf(dockerfile);
    const service = docker.buildArgs?.SERVICE;
    return [
      ...(stages.includes('dev') ? [] : [`${dockerfile} has no stage dev`]),
      ...(docker.target ? [`${image} is built for ${docker.target} by skaffold run`] : []),
      ...(stages.at(-1) === 'production' ? [] : [`${dockerfile} builds ${stages.at(-1)} by default`]),
      ...(dockerfile !== 'Dockerfile' || (service && `ticketing/${path.basename(service)}` === image)
        ? []
        : [`${image} is built from the folder ${service}`]),
      ...(sync?.manual.length ? [] : [`${image} synchronises no files`]),
      ...(sync?.manual ?? [])
        .filter(({ src }) => matches(src).length === 0)
        .map(({ src }) => `${image} synchronises ${src}, which matches no file`),
    ];
  });
