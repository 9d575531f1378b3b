import { environments } from '../environments';
import { readDocuments, yamlFilesIn } from '../repository';
import type { Resource } from '../resources';
import { schemaProblems } from '../schemas';

describe('when the manifests are read', () => {
  it.each(environments)(
    'then everything for %s validates against the schemas of Kubernetes',
    (_, resources) => {
      const all = resources();
      expect(all.length).toBeGreaterThan(30);
      expect(all.flatMap(schemaProblems)).toEqual([]);
    },
  );

  it.each(environments)('then no name is given twice for %s', (_, resources) => {
    const names = resources().map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toHaveLength(new Set(names).size);
  });

  it('then the base has no file that plain kubectl apply would not understand', () => {
    const kinds = yamlFilesIn('infra/k8s').flatMap((file) =>
      readDocuments<Resource>(file).map(({ kind }) => kind),
    );
    expect(kinds).not.toContain('Kustomization');
  });
});

describe('when a manifest is wrong', () => {
  const policy = (spec: object): Resource =>
    ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'some', labels: { 'app.kubernetes.io/name': 'some' } },
      spec,
    }) as Resource;

  it('then a value of the wrong type is named', () => {
    expect(schemaProblems(policy({ selector: 'auth' }))).toEqual([
      expect.stringContaining('PodDisruptionBudget some: /spec/selector'),
    ]);
  });

  it('then a misspelt field is named, however deep', () => {
    expect(schemaProblems(policy({ selector: { matchLables: { app: 'auth' } } }))).toEqual([
      'PodDisruptionBudget some: /spec/selector/matchLables is no field of a PodDisruptionBudget',
    ]);
  });

  it('then a kind that the API version has not got is named', () => {
    expect(() =>
      schemaProblems({ apiVersion: 'apps/v1', kind: 'Deploymnet', metadata: { name: 'a' } }),
    ).toThrow('No schema is known for the Deploymnet of apps/v1');
  });
});
