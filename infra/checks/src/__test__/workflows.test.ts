import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesIn, readText, readYaml, root } from '../repository';

interface Job {
  steps: { run?: string }[];
  strategy?: { matrix: Record<string, string[]> };
  permissions?: object;
  services?: Record<string, { image: string }>;
  env?: Record<string, string>;
}

interface Workflow {
  on: { pull_request?: null; push?: { branches?: string[]; tags?: string[] } };
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const folder = '.github/workflows';
const read = (name: string): Workflow => readYaml<Workflow>(`${folder}/${name}.yml`);
const commandsOf = (jobs: Record<string, Job>): string[] =>
  Object.values(jobs).flatMap(({ steps }) => steps.map(({ run = '' }) => run));
const { workspaces } = readYaml<{ workspaces: string[] }>('package.json');
const deployed = ['auth', 'tickets', 'orders', 'payments', 'expiration', 'client'];

describe('when a pull request is opened', () => {
  const { on, jobs } = read('pull-request');

  it('then it is checked whatever it touches', () => {
    expect(on).toEqual({ pull_request: null });
    expect(commandsOf(jobs)).toEqual(expect.arrayContaining(['npm run lint', 'npm run typecheck']));
  });

  it('then the suite of every workspace runs, except for the journeys, which run on main', () => {
    expect(jobs.suite?.strategy?.matrix.workspace?.toSorted()).toEqual(
      workspaces.filter((workspace) => workspace !== 'e2e').sort(),
    );
    expect(commandsOf(jobs)).toContain('npm test -w ${{ matrix.workspace }}');
  });

  it('then a real mongod, the deployed one, explains the queries of every service that has some', () => {
    const plans = jobs['query-plans'];
    const withQueries = workspaces.filter((workspace) =>
      existsSync(path.join(root, workspace, 'src/models/__test__/queries.test.ts')),
    );
    expect(plans?.strategy?.matrix.workspace?.toSorted()).toEqual(withQueries.sort());
    expect(plans?.env).toMatchObject({ REQUIRE_QUERY_PLANS: 'true' });
    expect(readText('infra/k8s/auth-mongo-depl.yaml')).toContain(`image: ${plans?.services?.mongodb?.image}`);
  });

  it('then the system is tried on a replica set of three members of the deployed version', () => {
    const commands = commandsOf({ 'replica-set': jobs['replica-set'] ?? { steps: [] } });
    expect(commands).toContain('npm test -w e2e -- src/faults/replica-set');
    const image = /image: (mongo:\S+)/.exec(readText('infra/k8s/auth-mongo-depl.yaml'))?.[1];
    expect(commands.join('\n')).toContain(`"mongo-$port" ${image}`);
    expect(jobs['replica-set']?.env?.REPLICA_SET_URI?.split(',')).toHaveLength(3);
  });

  it('then a real API server reads every overlay, with the resources of its operators', () => {
    const commands = commandsOf({ manifests: jobs.manifests ?? { steps: [] } }).join('\n');
    for (const overlay of ['k8s-prod', 'k8s-ha', 'k8s-ha/local'])
      expect(commands).toMatch(new RegExp(`--dry-run=server -k infra/${overlay}$`, 'm'));
  });

  it('then the image of every artifact is built', () => {
    const images = readYaml<{ build: { artifacts: { image: string }[] } }>('skaffold.yaml').build.artifacts;
    const services = jobs.images?.strategy?.matrix.service ?? [];
    expect(services.map((service) => `ticketing/${path.basename(service)}`).sort()).toEqual(
      images.map(({ image }) => image).sort(),
    );
  });
});

describe('when main moves', () => {
  const { on, jobs } = read('main');

  it('then the whole test suite runs first', () => {
    expect(on.push?.branches).toEqual(['main']);
    expect(jobs.test?.steps.map(({ run }) => run)).toContain('npm test');
  });

  it('then every deployed image is built, and tagged by the commit', () => {
    expect(jobs.images?.strategy?.matrix.service).toEqual(deployed);
    expect(JSON.stringify(jobs.images)).toContain(':${{ github.sha }}');
  });

  it('then it is deployed, and the rollouts are waited for', () => {
    const commands = commandsOf(jobs).join('\n');
    expect(commands).toContain('kubectl rollout status');
    expect(commands).toContain(`for service in ${deployed.join(' ')}; do`);
  });
});

describe('when a version of common is tagged', () => {
  it('then it is published with its provenance', () => {
    const { on, permissions, jobs } = read('publish-common');
    expect(on.push?.tags).toEqual(['common-v*']);
    expect(permissions['id-token']).toBe('write');
    expect(commandsOf(jobs)).toContain('npm publish -w @ticketing/common --provenance --access public');
  });
});

describe('when a workflow runs', () => {
  it.each(filesIn(folder))('then %s may write nothing to the repository', (file) => {
    const { permissions, jobs } = readYaml<Workflow>(file);
    expect(permissions.contents).toBe('read');
    expect(Object.values(jobs).filter((job) => job.permissions)).toEqual([]);
  });
});
