import { filesBelow, readText } from './repository';
import type { Ingress } from './resources';

export interface Route {
  path: string;
  service: string;
}

/** The public routes as a service's code defines them. */
export const routesOf = (service: string): Route[] =>
  filesBelow(`${service}/src/routes`)
    .filter((file) => file.endsWith('.ts') && !file.includes('__test__'))
    .flatMap((file) => [...readText(file).matchAll(/\.(?:get|post|put|patch|delete)\(\s*'(\/[^']*)'/g)])
    .map(([, path]) => ({ path: path!, service }));

/** Which Service an ingress of `pathType: Prefix` sends a path to: the longest prefix, by whole segments. */
export const backendOf = (ingress: Ingress, path: string): string | undefined => {
  const segments = (prefix: string): string[] => prefix.split('/').filter(Boolean);
  const candidates = ingress.spec.rules
    .flatMap(({ http }) => http.paths)
    .filter((rule) => segments(rule.path).every((segment, at) => segments(path)[at] === segment))
    .sort((a, b) => segments(b.path).length - segments(a.path).length);
  return candidates[0]?.backend.service.name;
};
