import path from 'node:path';
import { environments } from '../environments';
import { filesIn, readText, readYaml } from '../repository';
import { containersOf, workloadsIn, type Resource } from '../resources';

interface Skaffold {
  build: {
    artifacts: {
      image: string;
      docker: { dockerfile?: string; buildArgs?: { SERVICE: string }; target?: string };
      sync: { manual: { src: string }[] };
    }[];
    local: { push?: boolean };
  };
  portForward?: object[];
  profiles: { name: string; activation?: object[]; patches: { op: string; path: string }[] }[];
}

const { build, portForward, profiles } = readYaml<Skaffold>('skaffold.yaml');
const built = build.artifacts.map(({ image }) => image).sort();
const dockerfiles = ['Dockerfile', 'client/Dockerfile'];
const { workspaces } = readYaml<{ workspaces: string[] }>('package.json');

const patchesOf = (name: string) => profiles.find((profile) => profile.name === name)?.patches ?? [];

const imagesIn = (resources: Resource[]): string[] =>
  [
    ...new Set(
      workloadsIn(resources)
        .flatMap(containersOf)
        .map(({ image }) => image),
    ),
  ].sort();
const isOwn = (image: string): boolean => image.startsWith('ticketing/');

/** The first stages, up to the one that installs packages. */
const sharedStages = (dockerfile: string): string => {
  const text = readText(dockerfile);
  return text.slice(text.indexOf('FROM '), text.indexOf('COPY tsconfig.base.json'));
};

describe('when images are built', () => {
  it('then development deploys every artifact, and nothing of ours besides', () => {
    expect(imagesIn(environments.development()).filter(isOwn)).toEqual(built);
  });

  it.each(Object.entries(environments))(
    'then the images of others in %s name their version',
    (_, resources) => {
      const images = imagesIn(resources());
      expect(images.filter((image) => !isOwn(image) && !/:\d[^/]*$/.test(image))).toEqual([]);
    },
  );

  it.each(build.artifacts)(
    'then $image is built from its folder, and synchronises sources that exist',
    (artifact) => {
      const { image, docker, sync } = artifact;
      const folder = docker.buildArgs?.SERVICE ?? path.dirname(docker.dockerfile ?? '');
      expect(image).toBe(`ticketing/${path.basename(folder)}`);
      expect(dockerfiles).toContain(docker.dockerfile ?? 'Dockerfile');
      const patterns = sync.manual.map(
        ({ src }) => src.split('/**/*') as [folder: string, extension: string],
      );
      expect(patterns.map(([source]) => source)).toContain(`${folder}/src`);
      for (const [source, extension] of patterns)
        expect(filesIn(source, true).filter((file) => file.endsWith(extension))).not.toEqual([]);
    },
  );

  it('then skaffold decides by the cluster whether to push', () => {
    expect(build.local.push).toBeUndefined();
    expect(portForward).toBeUndefined();
  });

  it('then skaffold dev alone builds for development', () => {
    expect(build.artifacts.filter(({ docker }) => docker.target)).toEqual([]);
    expect(profiles.filter(({ activation }) => activation)).toEqual([
      expect.objectContaining({ name: 'dev', activation: [{ command: 'dev' }, { command: 'debug' }] }),
    ]);
    expect(patchesOf('dev')).toEqual(
      build.artifacts.map((_, at) => ({
        op: 'add',
        path: `/build/artifacts/${at}/docker/target`,
        value: 'dev',
      })),
    );
  });

  it.each([
    ['prod', environments.production],
    ['ha', environments['high availability']],
    ['ha-local', environments['high availability on one machine']],
  ])('then the profile %s builds what it deploys', (profile, resources) => {
    const removed = patchesOf(profile).map(({ op, path }) => op === 'remove' && path);
    const left = build.artifacts.filter((_, at) => !removed.includes(`/build/artifacts/${at}`));
    expect(left.map(({ image }) => image).sort()).toEqual(imagesIn(resources()).filter(isOwn));
  });
});

describe.each(dockerfiles)('when %s is read', (dockerfile) => {
  const text = readText(dockerfile);

  it('then its first stages are those of the other, so that they are built once', () => {
    expect(sharedStages(dockerfile)).toEqual(sharedStages('Dockerfile'));
  });

  it('then it has the manifest of every workspace, without which npm ci refuses the lock file', () => {
    for (const workspace of workspaces)
      expect(sharedStages(dockerfile)).toContain(`COPY ${workspace}/package.json ${workspace}/\n`);
  });

  it('then it has a development stage, and builds production by default: node, without root', () => {
    expect(text).toMatch(/^FROM \S+ AS dev$/m);
    const last = text.slice(text.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^FROM \S+ AS production\n[^]*^USER 1000:1000$[^]*^CMD \["node", /m);
  });

  it('then it needs no BuildKit', () => {
    expect(text).not.toMatch(/--mount=|<<\s*-?['"]?EOF|COPY --link|COPY --parents/);
  });
});

describe('when Dockerfiles are looked for', () => {
  it('then there are no others', () => {
    const folders = workspaces.map((workspace) => path.dirname(`${workspace}/.`));
    const found = [...folders, '.'].flatMap((folder) =>
      filesIn(folder).filter((file) => /Dockerfile$/.test(file)),
    );
    expect(found.sort()).toEqual(dockerfiles);
  });
});
