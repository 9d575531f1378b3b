import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { render } from './kustomize';
import { manifestsIn, parseResources, readText, root } from './repository';
import type { Resource } from './resources';

/** What an overlay's kustomization has in comments: its components, by name. */
const withComponents =
  (...names: string[]) =>
  (kustomization: string): string =>
    kustomization
      .replace(new RegExp(`^# (components:| {2}- (?:${names.join('|')}))$`, 'gm'), '$1')
      .replace(new RegExp(`^( {2})# (- (?:${names.join('|')}))$`, 'gm'), '$1$2');

/** An overlay as rendered after an edit of its kustomization. */
const renderOverlay = (folder: string, edit: (kustomization: string) => string): string => {
  const copy = mkdtempSync(path.join(tmpdir(), 'ticketing-checks-'));
  const kustomization = `${folder}/kustomization.yaml`;
  try {
    for (const each of ['k8s', 'k8s-dev', 'k8s-prod', 'k8s-ha'])
      cpSync(path.join(root, 'infra', each), path.join(copy, each), { recursive: true });
    writeFileSync(path.join(copy, kustomization), edit(readText(`infra/${kustomization}`)));
    return render(path.join(copy, folder));
  } finally {
    rmSync(copy, { recursive: true });
  }
};

/** Renders once, and parses for each caller: tests change what they get. */
const overlay = (
  folder: string,
  edit: (kustomization: string) => string = (kustomization) => kustomization,
): (() => Resource[]) => {
  let text: string | undefined;
  return () => parseResources(`infra/${folder}`, (text ??= renderOverlay(folder, edit)));
};

/** The resources that each environment's cluster is given; components as the kustomizations' comments describe them. */
export const environments = {
  development: () => [...manifestsIn('infra/k8s'), ...manifestsIn('infra/k8s-dev')],
  production: overlay('k8s-prod'),
  'production with managed databases': overlay('k8s-prod', withComponents('managed-databases')),
  'high availability': overlay('k8s-ha'),
  'high availability with KEDA and cert-manager': overlay('k8s-ha', withComponents('keda', 'cert-manager')),
  'high availability on one machine': overlay('k8s-ha/local'),
} satisfies Record<string, () => Resource[]>;
