import { development, environments, production } from '../environments';
import { artifactProblems, dockerfileOf, imageProblems, imagesIn, isOwn, type Skaffold } from '../images';
import { filesBelow, readText, readYaml } from '../repository';

const skaffold = (): Skaffold => readYaml<Skaffold>('skaffold.yaml');
const profile = (name: string) => skaffold().profiles.find((found) => found.name === name)!;
const { workspaces } = readYaml<{ workspaces: string[] }>('package.json');
const dockerfiles = [...new Set(skaffold().build.artifacts.map(dockerfileOf))];

/** The first stages, up to the one that installs packages. */
const sharedStages = (dockerfile: string): string => {
  const text = readText(dockerfile);
  return text.slice(text.indexOf('FROM '), text.indexOf('COPY tsconfig.base.json'));
};

describe('when images are built', () => {
  it.each(environments)('then every image of %s is an artifact or names its version', (_, resources) => {
    expect(imageProblems(resources(), skaffold())).toEqual([]);
  });

  it('then every artifact is deployed for development', () => {
    const artifacts = skaffold().build.artifacts.map(({ image }) => image);
    expect(imagesIn(development()).filter(isOwn).sort()).toEqual(artifacts.sort());
  });

  it('then every artifact has its Dockerfile, its targets and sources to synchronise', () => {
    expect(artifactProblems(skaffold())).toEqual([]);
  });

  it('then skaffold decides by the cluster whether to push', () => {
    expect(skaffold().build.local?.push).toBeUndefined();
    expect(skaffold().portForward).toBeUndefined();
  });

  it('then skaffold dev, and nothing else, builds every image for development', () => {
    const { patches = [], activation } = profile('dev');
    expect(activation).toEqual([{ command: 'dev' }, { command: 'debug' }]);
    expect(patches).toEqual(
      skaffold().build.artifacts.map((_, at) => ({
        op: 'add',
        path: `/build/artifacts/${at}/docker/target`,
        value: 'dev',
      })),
    );
  });

  it('then the profile prod leaves out the artifact that production does not deploy', () => {
    const { patches = [] } = profile('prod');
    const removed = patches
      .filter(({ op, path }) => op === 'remove' && path.startsWith('/build/artifacts/'))
      .map(({ path }) => skaffold().build.artifacts[Number(path.split('/').at(-1))]!.image);
    const artifacts = skaffold().build.artifacts.map(({ image }) => image);
    expect(artifacts.filter((image) => !removed.includes(image)).sort()).toEqual(
      imagesIn(production()).filter(isOwn).sort(),
    );
  });
});

describe('when a Dockerfile is read', () => {
  it.each(dockerfiles)(
    'then the first stages of %s are those of every other, so that they are built once',
    (file) => {
      expect(sharedStages(file)).toEqual(sharedStages(dockerfiles[0]!));
    },
  );

  it.each(workspaces)(
    'then it knows the workspace %s, without which npm ci refuses the lock file',
    (workspace) => {
      expect(sharedStages(dockerfiles[0]!)).toContain(`COPY ${workspace}/package.json ${workspace}/\n`);
    },
  );

  it.each(dockerfiles)('then %s starts node itself, as nobody in particular', (file) => {
    const production = readText(file).split(' AS production\n')[1];
    expect(production).toMatch(/^USER 1000:1000$/m);
    expect(production).toMatch(/^CMD \["node", /m);
  });

  it.each(dockerfiles)('then %s needs no BuildKit', (file) => {
    expect(readText(file)).not.toMatch(/--mount=|<<\s*-?['"]?EOF|COPY --link|COPY --parents/);
  });

  it('then every other Dockerfile is that of an artifact', () => {
    const inWorkspaces = [...workspaces, 'infra']
      .flatMap(filesBelow)
      .filter((file) => /(^|\/)Dockerfile$/.test(file) && !file.includes('node_modules'));
    expect(dockerfiles).toEqual(expect.arrayContaining(inWorkspaces));
  });
});

describe('when an image is wrong', () => {
  it('then one that nobody builds is named', () => {
    const { build, ...rest } = skaffold();
    const without = {
      ...rest,
      build: { artifacts: build.artifacts.filter(({ image }) => image !== 'ticketing/auth') },
    };
    expect(imageProblems(development(), without)).toEqual([
      'ticketing/auth is built by no artifact of skaffold.yaml',
    ]);
  });

  it('then a sync of files that are not there is named', () => {
    const broken = skaffold();
    broken.build.artifacts[0]!.sync!.manual[0]!.src = 'auth/src/**/*.vue';
    expect(artifactProblems(broken)).toEqual([
      'ticketing/auth synchronises auth/src/**/*.vue, which matches no file',
    ]);
  });
});
