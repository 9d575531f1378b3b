// `next build` leaves the browser's files out of the standalone server, for a CDN to serve. Here it serves them.
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const build = fileURLToPath(new URL('../.next/', import.meta.url));
cpSync(`${build}static`, `${build}standalone/client/.next/static`, { recursive: true });
cpSync(fileURLToPath(new URL('../public', import.meta.url)), `${build}standalone/client/public`, {
  recursive: true,
});
