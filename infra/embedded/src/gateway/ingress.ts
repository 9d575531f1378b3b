import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { repoRoot } from '../paths';

export const ingressFile = path.join(repoRoot, 'infra/k8s-dev/ingress-srv.yaml');

export interface Route {
  path: string;
  exact: boolean;
  /** The Kubernetes Service's name. */
  service: string;
}

interface IngressManifest {
  kind?: string;
  spec?: {
    rules?: {
      http?: {
        paths?: { path?: string; pathType?: string; backend?: { service?: { name?: string } } }[];
      };
    }[];
  };
}

/** The routes of all Ingress documents in a manifest. */
export const parseIngress = (yaml: string): Route[] => {
  const documents = parseAllDocuments(yaml).map((document) => document.toJS() as IngressManifest | null);
  const paths = documents
    .filter((document) => document?.kind === 'Ingress')
    .flatMap((document) => document?.spec?.rules ?? [])
    .flatMap((rule) => rule.http?.paths ?? []);
  return paths.map(({ path: route = '/', pathType, backend }) => {
    const service = backend?.service?.name;
    if (!service) throw new Error(`The ingress path ${route} names no Service.`);
    return { path: route, exact: pathType === 'Exact', service };
  });
};

export const readIngress = (file = ingressFile): Route[] => {
  const routes = parseIngress(readFileSync(file, 'utf8'));
  if (routes.length === 0) throw new Error(`${file} holds no Ingress with paths.`);
  return routes;
};

const elements = (urlPath: string): string[] => urlPath.split('/').filter(Boolean);

/**
 * The route of a path as Kubernetes decides it: an exact match first, then the prefix with the most path
 * elements. /api/tick is no prefix of /api/tickets.
 */
export const matchRoute = (routes: Route[], urlPath: string): Route | undefined => {
  const exact = routes.find((route) => route.exact && route.path === urlPath);
  if (exact) return exact;
  const parts = elements(urlPath);
  const prefixes = routes.filter(
    (route) => !route.exact && elements(route.path).every((element, index) => element === parts[index]),
  );
  return prefixes.sort((a, b) => elements(b.path).length - elements(a.path).length)[0];
};
