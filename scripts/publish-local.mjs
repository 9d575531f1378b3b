// Publishes @ticketing/common to a Verdaccio that it starts, installs it from there into an empty project, and
// uses it: what a release would give its users, without a release.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, main, root } from '../infra/embedded/bin/bootstrap.mjs';

/** A project of its own: only this script needs a registry. */
const verdaccioPackage = {
  private: true,
  dependencies: { verdaccio: '6.5.2' },
  // Verdaccio depends on node-fetch by a tag, and not every mirror of the registry keeps tags.
  overrides: { 'node-fetch': '^2.7.0' },
};

/** Keeps only @ticketing, and only for as long as this runs; other packages come from the usual registry. */
const verdaccioConfig = (directory) => `
storage: ${JSON.stringify(path.join(directory, 'storage'))}
auth:
  htpasswd:
    file: ${JSON.stringify(path.join(directory, 'htpasswd'))}
packages:
  '@ticketing/*':
    access: $all
    publish: $anonymous
log: { type: stdout, level: warn }
`;

const usage = `
const { NotFoundError, Subjects } = require('@ticketing/common');
if (new NotFoundError().statusCode !== 404 || !Subjects.OrderCreated) throw new Error('common is incomplete');
console.log('@ticketing/common', require('@ticketing/common/package.json').version, 'installed and working');
`;

const INSTALL = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];

const run = async (cwd, command, args, env = {}) => {
  const child = spawn(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
};

const newProject = async (directory, manifest) => {
  await mkdir(directory);
  await writeFile(path.join(directory, 'package.json'), JSON.stringify(manifest));
  return directory;
};

/** Installs Verdaccio and starts it for as long as this process runs. Returns its address without the scheme. */
const startVerdaccio = async (directory) => {
  const { getRandomPort, waitForPort } = await import('get-port-please');
  const home = await newProject(path.join(directory, 'verdaccio'), verdaccioPackage);
  const config = path.join(home, 'verdaccio.yaml');
  await writeFile(config, verdaccioConfig(directory));
  await run(home, 'npm', INSTALL);
  const host = '127.0.0.1';
  const port = await getRandomPort(host);
  const program = path.join(home, 'node_modules/verdaccio/bin/verdaccio');
  const args = [program, '--config', config, '--listen', `${host}:${port}`];
  const server = spawn(process.execPath, args, { cwd: home, stdio: 'inherit' });
  process.once('exit', () => server.kill());
  await waitForPort(port, { host, delay: 500, retries: 120 });
  return `//${host}:${port}/`;
};

const publishAndUse = async (directory) => {
  const title = (text) => console.log(`\n━━ ${text}`);
  title('Verdaccio');
  const registry = await startVerdaccio(directory);
  // Beside the user's own settings. Verdaccio accepts every package, but npm publishes none without a token.
  const settings = {
    'npm_config_@ticketing:registry': `http:${registry}`,
    [`npm_config_${registry}:_authToken`]: 'local',
  };
  title('publish @ticketing/common');
  await run(root, 'npm', ['publish', '--workspace', '@ticketing/common'], settings);
  title('install it into an empty project');
  const project = await newProject(path.join(directory, 'project'), { name: 'consumer', private: true });
  await run(project, 'npm', [...INSTALL, '@ticketing/common', 'mongoose@8'], settings);
  await run(project, process.execPath, ['-e', usage]);
};

await main(async () => {
  await ensureInstalled();
  const directory = mkdtempSync(path.join(tmpdir(), 'ticketing-publish-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  await publishAndUse(directory);
});
// Verdaccio would keep the process running.
process.exit();
