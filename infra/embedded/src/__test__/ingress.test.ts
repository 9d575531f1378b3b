import { matchRoute, parseIngress, readIngress } from '../ingress';

describe('when routes are read from the ingress manifest', () => {
  test('then the repository’s own names the four services and the client', () => {
    expect(Object.fromEntries(readIngress().map(({ path, service }) => [path, service]))).toEqual({
      '/api/users': 'auth-srv',
      '/api/tickets': 'tickets-srv',
      '/api/orders': 'orders-srv',
      '/api/payments': 'payments-srv',
      '/api/payouts': 'payments-srv',
      '/': 'client-srv',
    });
  });

  test.each([
    ['/', 'client-srv'],
    ['/tickets/1', 'client-srv'],
    ['/api', 'client-srv'],
    ['/api/tickets', 'tickets-srv'],
    ['/api/tickets/', 'tickets-srv'],
    ['/api/tickets/507f191e810c19729de860ea', 'tickets-srv'],
    ['/api/ticketsandmore', 'client-srv'],
    ['/api/users/currentuser', 'auth-srv'],
  ])('then %s goes to %s, by whole path elements', (urlPath, service) => {
    expect(matchRoute(readIngress(), urlPath)?.service).toBe(service);
  });

  test('then the longest prefix wins wherever it stands, and an exact path before it', () => {
    const routes = ['/', '/a/b/c', '/a/b'].map((path) => ({ path, exact: false, service: path }));
    routes.push({ path: '/a/b/c', exact: true, service: 'exact' });

    expect(matchRoute(routes, '/a/b/x')?.service).toBe('/a/b');
    expect(matchRoute(routes, '/a/b/c/d')?.service).toBe('/a/b/c');
    expect(matchRoute(routes, '/a/b/c')?.service).toBe('exact');
  });

  test('then documents of other kinds are passed over, and a manifest without routes is an error', () => {
    const paths = '[{ path: /x, pathType: Prefix, backend: { service: { name: x-srv } } }]';
    const ingress = `kind: Ingress\nspec: { rules: [{ http: { paths: ${paths} } }] }`;

    expect(parseIngress(`kind: Service\n---\n${ingress}`)).toEqual([
      { path: '/x', exact: false, service: 'x-srv' },
    ]);
    expect(() => parseIngress('kind: Service')).toThrow('no Ingress');
  });
});
