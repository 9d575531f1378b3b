import path from 'node:path';

/** Where everything but the gateway listens. */
export const LOOPBACK = '127.0.0.1';

/** From the sources as from dist. */
export const repoRoot = path.resolve(__dirname, '../../..');

export const defaultDataDir = (): string => process.env.TICKETING_DATA_DIR ?? path.join(repoRoot, '.data');
