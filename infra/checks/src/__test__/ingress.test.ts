import { environments } from '../environments';
import { manifestsIn, readYaml } from '../repository';
import { ofKind, type Manifest, type Resource } from '../resources';
import { backendOf, pathsOf } from '../routes';

const ingressOf = (resources: Resource[]): Manifest<'Ingress'> => {
  const [ingress, ...others] = ofKind(resources, 'Ingress');
  if (!ingress || others.length > 0) throw new Error('There is not exactly one Ingress');
  return ingress;
};

const rulesOf = ({ spec }: Manifest<'Ingress'>) =>
  spec.rules.flatMap(({ http }) =>
    http.paths.map(({ path, backend: { service } }) => [path, service.name, service.port.number]),
  );

const development = ingressOf(environments.development());

describe.each(Object.entries(environments))('when a request reaches %s', (_, resources) => {
  const ingress = ingressOf(resources());

  it.each(['auth', 'tickets', 'orders', 'payments'])(
    'then every public route of %s leads to it',
    (service) => {
      const paths = pathsOf(service);
      expect(paths).not.toEqual([]);
      expect(paths.filter((path) => backendOf(ingress, path) !== `${service}-srv`)).toEqual([]);
    },
  );

  it('then every documented path of the API leads to a service', () => {
    const { paths } = readYaml<{ paths: Record<string, unknown> }>('docs/openapi.yaml');
    const api = Object.keys(paths).filter((path) => path.startsWith('/api/'));
    expect(api).not.toEqual([]);
    expect(api.filter((path) => backendOf(ingress, path) === 'client-srv')).toEqual([]);
  });

  it.each(['/healthz', '/readyz', '/api/users-and-more'])('then %s leads to no service', (path) => {
    expect(backendOf(ingress, path)).toBe('client-srv');
  });

  it('then any controller of the class nginx can serve it, by the same paths as in development', () => {
    const { spec, metadata } = ingress;
    expect(metadata).not.toHaveProperty('annotations');
    expect(spec.ingressClassName).toBe('nginx');
    const paths = spec.rules.flatMap(({ http }) => http.paths);
    expect(paths.filter(({ pathType }) => pathType !== 'Prefix')).toEqual([]);
    expect(rulesOf(ingress)).toEqual(rulesOf(development));
  });
});

describe('when the hosts are compared', () => {
  it('then development is ticketing.dev', () => {
    expect(development.spec.rules.map(({ host }) => host)).toEqual(['ticketing.dev']);
  });

  it('then production serves its host over TLS', () => {
    const { tls, rules } = ingressOf(environments.production()).spec;
    expect(tls.flatMap(({ hosts }) => hosts)).toEqual(rules.map(({ host }) => host));
  });

  it('then the HTTPRoute for a Gateway has the same host and paths', () => {
    interface HttpRoute {
      hostnames: string[];
      rules: {
        matches: { path: { value: string } }[];
        backendRefs: [{ name: string; port: number }];
      }[];
    }
    const [route] = manifestsIn('infra/gateway-api') as unknown[] as { spec: HttpRoute }[];
    const paths = route?.spec.rules.flatMap(({ matches, backendRefs: [{ name, port }] }) =>
      matches.map(({ path }) => [path.value, name, port]),
    );
    expect(paths).toEqual(rulesOf(development));
    expect(route?.spec.hostnames).toEqual(['ticketing.dev']);
  });
});

describe('when a path has no rule', () => {
  it('then it has no backend', () => {
    const ingress = ingressOf(environments.development());
    for (const { http } of ingress.spec.rules) http.paths.pop();
    expect(backendOf(ingress, '/api/refunds')).toBeUndefined();
    expect(backendOf(ingress, '/api/orders/1')).toBe('orders-srv');
  });
});
