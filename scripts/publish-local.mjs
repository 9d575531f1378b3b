// Publishes @ticketing/common to a Verdaccio that it starts, installs it from there into an empty project, and
// uses it: what a release would give its users, without releasing anything.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Its own project: nobody who only wants the marketplace should install a registry. */
const verdaccioPackage = {
  private: true,
  dependencies: { verdaccio: '6.5.2' },
  // Verdaccio asks for node-fetch by a tag, and not every mirror of the registry keeps tags.
  overrides: { 'node-fetch': '^2.7.0' },
};
const START_SECONDS = 60;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const say = (text) => console.log(`\n━━ ${text}`);

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const run = (command, args, cwd, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}`)),
    );
  });

/** Only @ticketing is kept, and only for as long as this runs; other packages come from the usual registry. */
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

const startVerdaccio = async (directory, port) => {
  const home = path.join(directory, 'verdaccio');
  const config = path.join(home, 'verdaccio.yaml');
  await mkdir(home);
  await writeFile(path.join(home, 'package.json'), JSON.stringify(verdaccioPackage));
  await writeFile(config, verdaccioConfig(directory));
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], home);
  const program = path.join(home, 'node_modules/verdaccio/bin/verdaccio');
  const child = spawn(process.execPath, [program, '--config', config, '--listen', `127.0.0.1:${port}`], {
    cwd: home,
    stdio: 'inherit',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill();
    await ended;
  };
  for (let second = 0; second < START_SECONDS && child.exitCode === null; second += 1) {
    const answers = await fetch(`http://127.0.0.1:${port}/-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return stop;
    await sleep(1_000);
  }
  await stop();
  throw new Error(`Verdaccio did not answer on port ${port} within ${START_SECONDS} s.`);
};

/**
 * Beside the user's own settings: @ticketing goes to Verdaccio, which takes anybody's package, but npm sends
 * none without a token.
 */
const npmSettings = (port) => ({
  'npm_config_@ticketing:registry': `http://127.0.0.1:${port}/`,
  [`npm_config_//127.0.0.1:${port}/:_authToken`]: 'local',
});

const use = `
const { NotFoundError, Subjects } = require('@ticketing/common');
if (new NotFoundError().statusCode !== 404 || !Subjects.OrderCreated) throw new Error('common is not whole');
console.log('@ticketing/common', require('@ticketing/common/package.json').version, 'installed and working');
`;

const directory = await mkdtemp(path.join(tmpdir(), 'ticketing-publish-'));
let stop = async () => {};
const end = async () => {
  await stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
};
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void end().then(() => process.exit(130)));

try {
  const port = await freePort();
  say(`Verdaccio on port ${port}`);
  stop = await startVerdaccio(directory, port);
  say('publish @ticketing/common');
  await run('npm', ['publish', '--workspace', '@ticketing/common'], root, npmSettings(port));
  say('install it into an empty project');
  const project = path.join(directory, 'project');
  await mkdir(project);
  await writeFile(path.join(project, 'package.json'), '{ "name": "somebody", "private": true }\n');
  await run(
    'npm',
    ['install', '@ticketing/common', 'mongoose@8', '--no-audit', '--no-fund'],
    project,
    npmSettings(port),
  );
  await run(process.execPath, ['-e', use], project);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await end();
}
