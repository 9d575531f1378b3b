import { execFileSync, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';

const MODULE = 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1';

type Command = [program: string, argument: string];

const cache = process.env.TICKETING_CACHE_DIR ?? path.join(homedir(), '.cache', 'ticketing');
const built: Command = [path.join(cache, path.basename(MODULE), 'kustomize'), 'build'];

const succeeds = ([program, argument]: Command): boolean =>
  spawnSync(program, [argument, '--help'], { stdio: 'ignore' }).status === 0;

const buildWithGo = (): boolean => {
  process.stderr.write(`Building ${MODULE} with Go, once; this takes about a minute …\n`);
  const env = { ...process.env, GOBIN: path.dirname(built[0]) };
  return spawnSync('go', ['install', MODULE], { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
};

const find = (): Command => {
  const { TICKETING_KUSTOMIZE: named } = process.env;
  if (named) return [named, 'build'];
  const commands: Command[] = [['kustomize', 'build'], ['kubectl', 'kustomize'], built];
  const found = commands.find(succeeds) ?? (buildWithGo() && built);
  if (found) return found;
  throw new Error(
    `kustomize is needed to render production. Neither \`kustomize\` nor \`kubectl\` is on PATH, and Go could not build ${MODULE}. Install one of the three, or name a kustomize program in TICKETING_KUSTOMIZE.`,
  );
};

let command: Command | undefined;

/**
 * The command that renders a folder's kustomization: kustomize, or the one inside kubectl, or one that Go builds
 * into the cache once.
 * @throws {Error} when there is none, with what was looked for and how to provide it
 */
export const kustomize = (): Command => (command ??= find());

/** What `kubectl apply -k` would apply, as YAML. */
export const render = (folder: string): string => {
  const [program, argument] = kustomize();
  return execFileSync(program, [argument, folder], { encoding: 'utf8' });
};
