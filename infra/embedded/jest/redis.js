const { spawn } = require('node:child_process');
const net = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const answers = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** Jest's globalSetup of a workspace that needs Redis: starts a real one for the run, at `REDIS_URL`. */
module.exports = async () => {
  const { ensureEmbeddedBuilt } = await import('../bin/bootstrap.mjs');
  await ensureEmbeddedBuilt();
  const { createReporter, obtainServer, redis } = require('../dist/index.js');
  const { file } = await obtainServer(redis, { report: createReporter(process.stderr) });
  const port = await freePort();
  const server = spawn(
    file,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  );
  // The suites end with this process, so the server must not outlive it.
  process.once('exit', () => server.kill('SIGKILL'));
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 100) throw new Error(`Redis (${file}) did not answer on port ${port} within 5 seconds`);
    await sleep(50);
  }
  process.env.REDIS_URL = `redis://127.0.0.1:${port}`;
  globalThis.__redis__ = server;
};
