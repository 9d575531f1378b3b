import path from 'node:path';
import { readDocuments, readYaml, yamlFilesIn } from './repository';
import type { Resource } from './resources';
import { strategicMerge } from './strategic-merge';

interface Kustomization {
  resources?: string[];
  patches?: { path: string }[];
}

type Patch = Resource & { $patch?: 'delete' };

const identity = (resource: Resource): string => `${resource.kind}/${resource.metadata.name}`;

const load = (files: string[]): Resource[] => files.flatMap((file) => readDocuments<Resource>(file));

const applyPatch = (resources: Resource[], patch: Patch): Resource[] => {
  const target = resources.find((resource) => identity(resource) === identity(patch));
  if (!target) throw new Error(`A patch is for ${identity(patch)}, which no manifest defines`);
  if (patch.$patch === 'delete') return resources.filter((resource) => resource !== target);
  const merged = strategicMerge(JSON.parse(JSON.stringify(target)), JSON.parse(JSON.stringify(patch)));
  return resources.map((resource) => (resource === target ? (merged as unknown as Resource) : resource));
};

const applyOverlay = (resources: Resource[], folder: string, file: string): Resource[] => {
  const { resources: added = [], patches = [] } = readYaml<Kustomization>(`${folder}/${file}`);
  const own = added.filter((name) => name.endsWith('.yaml')).map((name) => path.join(folder, name));
  return patches
    .flatMap((patch) => readDocuments<Patch>(path.join(folder, patch.path)))
    .reduce(applyPatch, [...resources, ...load(own)]);
};

/** What a cluster is given, by environment. */
export const base = (): Resource[] => load(yamlFilesIn('infra/k8s'));

export const development = (): Resource[] => [...base(), ...load(yamlFilesIn('infra/k8s-dev'))];

export const production = (): Resource[] => applyOverlay(base(), 'infra/k8s-prod', 'kustomization.yaml');

export const managedProduction = (): Resource[] =>
  applyOverlay(production(), 'infra/k8s-prod/managed-databases', 'kustomization.yaml');

export const environments: [name: string, resources: () => Resource[]][] = [
  ['development', development],
  ['production', production],
  ['production with managed databases', managedProduction],
];
