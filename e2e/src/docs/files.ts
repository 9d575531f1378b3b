import { join } from 'node:path';

export const root = join(__dirname, '../../..');

/** The hand-written contract of the HTTP API; everything else here is generated from it or from the sources. */
export const openapiFile = join(root, 'docs/openapi.yaml');

export const command = 'npm run docs:generate';
