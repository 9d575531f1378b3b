import path from 'node:path';

/** From the sources as from dist. */
export const repoRoot = path.resolve(__dirname, '../../..');

export const defaultDataDir = (): string => process.env.TICKETING_DATA_DIR ?? path.join(repoRoot, '.data');
