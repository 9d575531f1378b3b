import { filesIn, readText } from './repository';
import type { Manifest } from './resources';

/** The public paths as a service's code defines them. */
export const pathsOf = (service: string): string[] =>
  filesIn(`${service}/src/routes`)
    .flatMap((file) => [...readText(file).matchAll(/\.(?:get|post|put|patch|delete)\(\s*'(\/[^']*)'/g)])
    .flatMap(([, path]) => path ?? []);

/** The Service to which an ingress of `pathType: Prefix` sends a path: the longest prefix, by whole segments. */
export const backendOf = (ingress: Manifest<'Ingress'>, path: string): string | undefined => {
  const segments = (prefix: string): string[] => prefix.split('/').filter(Boolean);
  const [longest] = ingress.spec.rules
    .flatMap(({ http }) => http.paths)
    .filter((rule) => segments(rule.path).every((segment, at) => segments(path)[at] === segment))
    .sort((a, b) => segments(b.path).length - segments(a.path).length);
  return longest?.backend.service.name;
};
