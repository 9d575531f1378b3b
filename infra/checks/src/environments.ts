import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { render } from './kustomize';
import { manifestsIn, parseResources, readText, root } from './repository';
import type { Resource } from './resources';

const KUSTOMIZATION = 'k8s-prod/kustomization.yaml';

/** Production as rendered after an edit of its kustomization. */
const renderProduction = (edit: (kustomization: string) => string): string => {
  const copy = mkdtempSync(path.join(tmpdir(), 'ticketing-checks-'));
  try {
    for (const folder of ['k8s', 'k8s-prod'])
      cpSync(path.join(root, 'infra', folder), path.join(copy, folder), { recursive: true });
    writeFileSync(path.join(copy, KUSTOMIZATION), edit(readText(`infra/${KUSTOMIZATION}`)));
    return render(path.join(copy, 'k8s-prod'));
  } finally {
    rmSync(copy, { recursive: true });
  }
};

/** Renders once, and parses for each caller: tests change what they get. */
const production = (edit: (kustomization: string) => string): (() => Resource[]) => {
  let text: string | undefined;
  return () => parseResources('infra/k8s-prod', (text ??= renderProduction(edit)));
};

/** The resources that each environment's cluster is given. */
export const environments = {
  development: () => [...manifestsIn('infra/k8s'), ...manifestsIn('infra/k8s-dev')],
  production: production((kustomization) => kustomization),
  // As its comment describes it.
  'production with managed databases': production((kustomization) =>
    kustomization.replace(/^# (components:| {2}- managed-databases)$/gm, '$1'),
  ),
} satisfies Record<string, () => Resource[]>;
