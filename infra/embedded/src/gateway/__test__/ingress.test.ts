import { matchRoute, parseIngress, readIngress } from '../ingress';

describe('when routes are read from the ingress manifest', () => {
  test('then the repository’s own names the four services and the client', () => {
    const routes = readIngress();

    expect(Object.fromEntries(routes.map(({ path, service }) => [path, service]))).toEqual({
      '/api/users': 'auth-srv',
      '/api/tickets': 'tickets-srv',
      '/api/orders': 'orders-srv',
      '/api/payments': 'payments-srv',
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
    const routes = [
      { path: '/', exact: false, service: 'root' },
      { path: '/a/b/c', exact: false, service: 'long' },
      { path: '/a/b', exact: false, service: 'short' },
      { path: '/a/b/c', exact: true, service: 'exact' },
    ];

    expect(matchRoute(routes, '/a/b/x')?.service).toBe('short');
    expect(matchRoute(routes, '/a/b/c/d')?.service).toBe('long');
    expect(matchRoute(routes, '/a/b/c')?.service).toBe('exact');
  });

  test('then documents of other kinds are passed over', () => {
    const yaml = [
      'kind: Service',
      '---',
      'kind: Ingress',
      'spec:',
      '  rules:',
      '    - http:',
      '        paths:',
    ];
    yaml.push('          - {path: /x, pathType: Prefix, backend: {service: {name: x-srv}}}');

    expect(parseIngress(yaml.join('\n'))).toEqual([{ path: '/x', exact: false, service: 'x-srv' }]);
  });
});
