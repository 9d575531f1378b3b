import { existsSync } from 'node:fs';
import path from 'node:path';
import { readYaml, root, yamlFilesIn } from '../repository';

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}

interface Job {
  uses?: string;
  with?: { workspace?: string };
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
const nameOf = (workspace: string): string => readYaml<{ name: string }>(`${workspace}/package.json`).name;
const deployed = ['auth', 'tickets', 'orders', 'payments', 'expiration', 'client'];

const suites = yamlFilesIn(folder)
  .filter((file) => file.includes('/tests-'))
  .map((file) => readYaml<Workflow>(file));

const suiteOf = (workspace: string): Workflow | undefined =>
  suites.find(({ jobs }) => jobs.suite?.with?.workspace === nameOf(workspace));

describe('when a pull request touches a workspace', () => {
  // The checks run on every pull request, the system's journeys on main.
  const watched = workspaces.filter((workspace) => !['infra/checks', 'e2e'].includes(workspace));

  it.each(watched)('then the suite of %s runs', (workspace) => {
    const paths = suiteOf(workspace)?.on.pull_request?.paths;
    expect(paths).toContain(`${workspace}/**`);
    expect(paths).toContain('package-lock.json');
  });

  it.each(['auth', 'tickets', 'orders', 'payments', 'expiration'])(
    'then the suite of %s runs for common too, on which it rests',
    (service) => {
      expect(suiteOf(service)?.on.pull_request?.paths).toContain('common/**');
    },
  );

  it('then every path that is watched exists', () => {
    const paths = suites.flatMap(({ on }) => on.pull_request?.paths ?? []);
    const missing = paths.filter(
      (watchedPath) => !existsSync(path.join(root, watchedPath.replace('/**', ''))),
    );
    expect(missing).toEqual([]);
  });

  it('then lint, types and manifests are checked whatever it touches', () => {
    expect(workflow('checks').on.pull_request?.paths).toBeUndefined();
    for (const command of ['npm run lint', 'npm run typecheck', 'npm test -w @ticketing/checks'])
      expect(commandsOf('checks')).toContain(command);
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
