import path from 'node:path';
import type { Skaffold } from '../images';
import { readYaml, yamlFilesIn } from '../repository';

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}

interface Job {
  steps?: Step[];
  strategy?: { matrix: Record<string, string[]> };
  permissions?: Record<string, string>;
}

interface Workflow {
  on: { pull_request?: { paths?: string[] } | null; push?: { branches?: string[]; tags?: string[] } };
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}

const folder = '.github/workflows';
const workflow = (name: string): Workflow => readYaml<Workflow>(`${folder}/${name}.yml`);
const commandsOf = (name: string): string =>
  Object.values(workflow(name).jobs)
    .flatMap(({ steps = [] }) => steps.map(({ run = '' }) => run))
    .join('\n');
const { workspaces } = readYaml<{ workspaces: string[] }>('package.json');
const deployed = ['auth', 'tickets', 'orders', 'payments', 'expiration', 'client'];

const pullRequest = (): Workflow => workflow('pull-request');

describe('when a pull request is opened', () => {
  it('then the suite of every workspace runs, but for the journeys, which run on main', () => {
    const { suite } = pullRequest().jobs;
    expect(suite?.strategy?.matrix.workspace?.toSorted()).toEqual(
      workspaces.filter((workspace) => workspace !== 'e2e').sort(),
    );
    expect(suite?.steps?.map(({ run }) => run)).toContain('npm test -w ${{ matrix.workspace }}');
  });

  it('then lint and types are checked', () => {
    for (const command of ['npm run lint', 'npm run typecheck'])
      expect(commandsOf('pull-request')).toContain(command);
  });

  it('then the image of every artifact is built', () => {
    const images = readYaml<Skaffold>('skaffold.yaml').build.artifacts.map(
      ({ docker }) => docker.buildArgs?.SERVICE ?? path.dirname(docker.dockerfile ?? ''),
    );
    expect(pullRequest().jobs.images?.strategy?.matrix.service).toEqual(expect.arrayContaining(images));
  });

  it('then nothing is left out by the paths it touches', () => {
    expect(pullRequest().on).toEqual({ pull_request: null });
  });
});

describe('when main moves', () => {
  it('then the whole test suite runs first', () => {
    expect(workflow('main').on.push?.branches).toEqual(['main']);
    expect(workflow('main').jobs.test?.steps?.map(({ run }) => run)).toContain('npm test');
  });

  it('then every deployed image is built, and tagged by the commit', () => {
    const { images } = workflow('main').jobs;
    expect(images?.strategy?.matrix.service).toEqual(deployed);
    expect(JSON.stringify(images)).toContain(':${{ github.sha }}');
  });

  it('then the rollouts are waited for', () => {
    expect(commandsOf('main')).toContain('kubectl rollout status');
    expect(commandsOf('main')).toContain(`for service in ${deployed.join(' ')}; do`);
  });
});

describe('when a version of common is tagged', () => {
  it('then it is published with its provenance', () => {
    expect(workflow('publish-common').on.push?.tags).toEqual(['common-v*']);
    expect(workflow('publish-common').permissions?.['id-token']).toBe('write');
    expect(commandsOf('publish-common')).toContain('npm publish -w @ticketing/common --provenance');
  });
});

describe('when a workflow is run', () => {
  it.each(yamlFilesIn(folder))('then %s may write nothing to the repository', (file) => {
    const { permissions, jobs } = readYaml<Workflow>(file);
    expect(permissions?.contents).toBe('read');
    expect(Object.values(jobs).flatMap((job) => Object.keys(job.permissions ?? {}))).toEqual([]);
  });
});
