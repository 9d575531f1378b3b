import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { repoRoot } from './paths';

const ingressFile = path.join(repoRoot, 'infra/k8s-dev/ingress-srv.yaml');

export interface Route {
  path: string;
  exact: boolean;
  /** The Kubernetes Service's name. */
  service: string;
}

interface IngressPath {
  path?: string;
  pathType?: string;
  backend?: { service?: { name?: string } };
}

interface Manifest {
  kind?: string;
  spec?: { rules?: { http?: { paths?: IngressPath[] } }[] };
}

/** The routes of all Ingress documents in a manifest. @throws Error when there are none, or one names no Service */
export const parseIngress = (yaml: string): Route[] => {
  const routes = parseAllDocuments(yaml)
    .map((document) => document.toJS() as Manifest | null)
    .flatMap((manifest) => (manifest?.kind === 'Ingress' ? (manifest.spec?.rules ?? []) : []))
    .flatMap((rule) => rule.http?.paths ?? [])
    .map(({ path: route = '/', pathType, backend }) => {
      const service = backend?.service?.name;
      if (!service) throw new Error(`The ingress path ${route} names no Service.`);
      return { path: route, exact: pathType === 'Exact', service };
    });
  if (routes.length === 0) throw new Error('The manifest holds no Ingress with paths.');
  return routes;
};

export const readIngress = (): Route[] => parseIngress(readFileSync(ingressFile, 'utf8'));

const elements = (urlPath: string): string[] => urlPath.split('/').filter(Boolean);

/**
 * The route of a path as Kubernetes decides it: an exact match first, then the prefix with the most path elements.
 * /api/tick is no prefix of /api/tickets.
 */
export const matchRoute = (routes: Route[], urlPath: string): Route | undefined => {
  const parts = elements(urlPath);
  return (
    routes.find((route) => route.exact && route.path === urlPath) ??
    routes
      .filter(({ exact }) => !exact)
      .filter((route) => elements(route.path).every((element, index) => element === parts[index]))
      .sort((a, b) => elements(b.path).length - elements(a.path).length)[0]
  );
};
