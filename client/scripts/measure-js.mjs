// Measures the JavaScript that a first visit to the landing page loads, as a browser downloads it (gzip), and
// fails where it is over the budget. Needs a build: npm run build -w client.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 150;
const ROUTE = '/';

const client = fileURLToPath(new URL('../', import.meta.url));
const read = (file) => {
  try {
    return readFileSync(client + file);
  } catch {
    console.error(`client/${file} is missing: run npm run build -w client first.`);
    process.exit(2);
  }
};

const stats = JSON.parse(read('.next/diagnostics/route-bundle-stats.json'));
const { firstLoadChunkPaths } = stats.find(({ route }) => route === ROUTE);
const sizes = firstLoadChunkPaths
  .filter((file) => file.endsWith('.js'))
  .map((file) => ({ file, bytes: gzipSync(read(file)).length }))
  .sort((a, b) => b.bytes - a.bytes);

const kB = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
for (const { file, bytes } of sizes) console.log(`${kB(bytes)} kB  ${file}`);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${kB(total)} kB  first-load JavaScript of ${ROUTE}, gzip; the budget is ${BUDGET_KB} kB`);
process.exitCode = total < BUDGET_KB * 1000 ? 0 : 1;
