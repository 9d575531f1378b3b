import { environments } from '../environments';
import { manifestsIn } from '../repository';
import { isCustom, type Resource } from '../resources';
import { schemaProblems } from '../schemas';

describe('when the manifests are read', () => {
  it.each(Object.entries(environments))(
    'then everything for %s is valid by the schemas of Kubernetes, and no name is given twice',
    (_, read) => {
      const resources = read();
      const names = resources.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      expect(resources.length).toBeGreaterThan(25);
      expect(resources.filter((one) => !isCustom(one)).flatMap(schemaProblems)).toEqual([]);
      expect(names).toHaveLength(new Set(names).size);
    },
  );

  it('then the base has no file that plain kubectl apply does not understand', () => {
    expect(manifestsIn('infra/k8s').map(({ kind }) => kind)).not.toContain('Kustomization');
  });
});

describe('when a manifest is wrong', () => {
  const problemsOf = (kind: string, spec: object = {}): string[] => {
    const metadata = { name: 'some', labels: { 'app.kubernetes.io/name': 'some' } };
    return schemaProblems({ apiVersion: 'policy/v1', kind, metadata, spec } as Resource);
  };

  it('then a value of the wrong type is named', () => {
    expect(problemsOf('PodDisruptionBudget', { selector: 'auth' })).toEqual([
      expect.stringContaining('PodDisruptionBudget some: /spec/selector'),
    ]);
  });

  it('then a misspelt field is named, however deep', () => {
    expect(problemsOf('PodDisruptionBudget', { selector: { matchLables: { app: 'auth' } } })).toEqual([
      'PodDisruptionBudget some: /spec/selector/matchLables is no field of a PodDisruptionBudget',
    ]);
  });

  it('then a kind that the API version does not have is named', () => {
    expect(() => problemsOf('PodDisruptionBugdet')).toThrow(
      'No schema is known for the PodDisruptionBugdet of policy/v1',
    );
  });
});
