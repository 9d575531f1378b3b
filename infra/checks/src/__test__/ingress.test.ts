import { development, environments, production } from '../environments';
import { readDocuments, readYaml } from '../repository';
import { ingressesIn, type Ingress, type Resource } from '../resources';
import { backendOf, routesOf } from '../routes';

const services = ['auth', 'tickets', 'orders', 'payments'];
const ingressOf = (resources: Resource[]): Ingress => ingressesIn(resources)[0]!;

interface HttpRoute extends Resource {
  spec: {
    hostnames: string[];
    rules: {
      matches: { path: { type: string; value: string } }[];
      backendRefs: { name: string; port: number }[];
    }[];
  };
}

const pathsOf = (ingress: Ingress) =>
  ingress.spec.rules.flatMap(({ http }) =>
    http.paths.map(({ path, backend: { service } }) => [path, service.name, service.port.number]),
  );

describe.each(environments)('when a request comes in to %s', (_, resources) => {
  it.each(services)('then every public route of %s leads to it', (service) => {
    const routes = routesOf(service);
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter(({ path }) => backendOf(ingressOf(resources()), path) !== `${service}-srv`)).toEqual(
      [],
    );
  });

  it('then every documented path of the API leads to a service', () => {
    const { paths } = readYaml<{ paths: Record<string, unknown> }>('docs/openapi.yaml');
    const api = Object.keys(paths).filter((path) => path.startsWith('/api/'));
    expect(api.length).toBeGreaterThan(0);
    const astray = api.filter((path) => backendOf(ingressOf(resources()), path) === 'client-srv');
    expect(astray).toEqual([]);
  });

  it.each(['/healthz', '/readyz'])('then %s leads to no service', (path) => {
    expect(backendOf(ingressOf(resources()), path)).toBe('client-srv');
  });

  it('then any controller of the class nginx can serve it', () => {
    const { spec, metadata } = ingressOf(resources());
    expect(metadata).not.toHaveProperty('annotations');
    expect(spec.ingressClassName).toBe('nginx');
    expect(spec.rules.flatMap(({ http }) => http.paths.map(({ pathType }) => pathType))).toEqual(
      pathsOf(ingressOf(resources())).map(() => 'Prefix'),
    );
  });
});

describe('when the hosts are compared', () => {
  it('then development is ticketing.dev', () => {
    expect(ingressOf(development()).spec.rules.map(({ host }) => host)).toEqual(['ticketing.dev']);
  });

  it('then production serves its host over TLS, by the same paths', () => {
    const { spec } = ingressOf(production());
    expect(spec.tls?.flatMap(({ hosts }) => hosts)).toEqual(spec.rules.map(({ host }) => host));
    expect(pathsOf(ingressOf(production()))).toEqual(pathsOf(ingressOf(development())));
  });

  it('then the HTTPRoute for a Gateway has the same paths too', () => {
    const [route] = readDocuments<HttpRoute>('infra/gateway-api/http-route.yaml');
    const paths = route!.spec.rules.flatMap(({ matches, backendRefs }) =>
      matches.map(({ path }) => [path.value, backendRefs[0]!.name, backendRefs[0]!.port]),
    );
    expect(paths).toEqual(pathsOf(ingressOf(development())));
    expect(route!.spec.hostnames).toEqual(['ticketing.dev']);
  });
});

describe('when a route is not covered', () => {
  it('then it leads to another backend, or none', () => {
    const ingress = ingressOf(development());
    expect(backendOf(ingress, '/api/users-and-more')).toBe('client-srv');
    ingress.spec.rules[0]!.http.paths = ingress.spec.rules[0]!.http.paths.slice(0, 4);
    expect(backendOf(ingress, '/api/refunds')).toBeUndefined();
    expect(backendOf(ingress, '/api/orders/1')).toBe('orders-srv');
  });
});
