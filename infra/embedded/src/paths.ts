import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** infra/embedded, from the sources as from dist. */
export const packageRoot = path.resolve(__dirname, '..');

export const repoRoot = path.resolve(packageRoot, '../..');

export const defaultDataDir = (): string => process.env.TICKETING_DATA_DIR ?? path.join(repoRoot, '.data');

const writable = (directory: string): boolean => {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Where obtained servers are kept. The user's own cache, so that a second clone finds what the first one
 * built; the repository's where a home directory cannot be written.
 */
export const cacheDir = (): string => {
  const { TICKETING_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  const wanted =
    TICKETING_CACHE_DIR ?? path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'ticketing');
  return writable(wanted) ? wanted : path.join(repoRoot, '.cache', 'ticketing');
};
